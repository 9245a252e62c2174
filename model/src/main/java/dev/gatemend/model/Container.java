package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A container as its engine tells it (Docker Engine API, {@code GET /containers/ID/json}; Podman
 * answers alike). Environment and command line are left out: they hold secrets.
 *
 * @param engine {@code docker} or {@code podman}
 * @param id 12 to 64 hexadecimal digits
 * @param name without the leading slash
 * @param image as it was named at the start
 * @param networks it is attached to; the addresses are empty while it does not run
 * @param published ports of the host that lead into it, or would if it ran
 * @param exposed TCP ports its image or its start names as inner ones; no proof that anybody
 *     listens there
 * @param memoryLimit in bytes; empty without a limit
 * @param restartPolicy {@code no}, {@code always}, {@code on-failure}, {@code unless-stopped}
 * @param composeProject of Docker Compose's label
 */
public record Container(
        String engine,
        String id,
        String name,
        String image,
        Life life,
        List<Attachment> networks,
        List<Publication> published,
        List<Integer> exposed,
        OptionalLong memoryLimit,
        String restartPolicy,
        Optional<String> composeProject,
        Optional<String> composeService)
        implements Fact {
    private static final int SHORT_ID = 12;

    public Container {
        if (!id.matches("[0-9a-f]{12,64}")) {
            throw new IllegalArgumentException("no id of a container: " + id);
        }
        networks = List.copyOf(networks);
        published = List.copyOf(published);
        exposed = List.copyOf(exposed);
    }

    /**
     * How it lives or how it ended.
     *
     * @param state {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code
     *     exited}, {@code dead}
     * @param exitCode of the last end; 0 also when it never ended
     * @param oomKilled whether the kernel's OOM killer took one of its processes since it started
     * @param error why the engine could not start it; empty when it could
     * @param health {@code starting}, {@code healthy}, {@code unhealthy}; empty without a check
     * @param restarts by the engine since it was started by hand
     * @param pid of its first process while it runs, in the engine's own numbering
     */
    public record Life(
            String state,
            int exitCode,
            boolean oomKilled,
            String error,
            Optional<String> health,
            int restarts,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            OptionalInt pid) {}

    /**
     * A network it is attached to.
     *
     * @param addresses its own there, IPv4 and IPv6
     * @param aliases names that the engine's name server answers with these addresses
     * @param gateway the host's address there, on a bridge
     */
    public record Attachment(
            String network,
            List<String> addresses,
            List<String> aliases,
            Optional<String> gateway) {
        public Attachment {
            addresses = List.copyOf(addresses);
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * A TCP port of the host that leads to one in the container.
     *
     * @param host the address it is bound to on the host; {@code 0.0.0.0} for all
     * @param port on the host; 0 while the engine has not chosen one
     * @param inner in the container
     */
    public record Publication(String host, int port, int inner) {}

    /** As {@code docker ps} shows it, and as {@link ProcessState#container} holds it. */
    public String shortId() {
        return id.substring(0, SHORT_ID);
    }

    public boolean isRunning() {
        return life.state().equals("running");
    }
}
