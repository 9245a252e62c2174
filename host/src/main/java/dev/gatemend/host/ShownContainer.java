package dev.gatemend.host;

import dev.gatemend.model.Container;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an engine's description of a container (Docker Engine API, ContainerInspect). */
public final class ShownContainer {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

    /** More of a list than this is no honest container's. */
    private static final int MOST_ENTRIES = 256;

    private static final int LONGEST_TEXT = 512;

    private ShownContainer() {}

    /**
     * Reads what {@code docker inspect} or {@code podman inspect} printed, an array or one object
     * of it; empty when it is no description of containers.
     */
    public static List<Container> inspected(String document) {
        Json shown = Json.read(document);
        return (shown.items().isEmpty() ? Stream.of(shown) : shown.items().stream())
                .limit(MOST_ENTRIES)
                .flatMap(c -> inspected(c).stream())
                .toList();
    }

    private static Optional<Container> inspected(Json shown) {
        String engine = shown.has("Pod") ? "podman" : "docker";
        return shown.at("Id")
                .text()
                .filter(id -> ID.matcher(id).matches())
                .flatMap(id -> read(engine, id, shown));
    }

    /** Empty when the answer is no description of this container. */
    static Optional<Container> read(String engine, String id, Json shown) {
        if (shown.at("State").at("Status").text().isEmpty()) {
            return Optional.empty();
        }
        Json host = shown.at("HostConfig");
        Json labels = shown.at("Config").at("Labels");
        return Optional.of(
                new Container(
                        engine,
                        id,
                        name(id, shown),
                        text(shown.at("Config").at("Image")),
                        life(shown),
                        networks(shown.at("NetworkSettings").at("Networks")),
                        published(shown),
                        exposed(shown.at("Config").at("ExposedPorts")),
                        positive(host.at("Memory")),
                        text(host.at("RestartPolicy").at("Name")),
                        label(labels, "project"),
                        label(labels, "service")));
    }

    private static String name(String id, Json shown) {
        String name = text(shown.at("Name")).replaceFirst("^/", "");
        return name.isEmpty() ? id : name;
    }

    private static Container.Life life(Json shown) {
        Json state = shown.at("State");
        return new Container.Life(
                text(state.at("Status")),
                whole(state.at("ExitCode")).orElse(0),
                state.at("OOMKilled").isTrue(),
                text(state.at("Error")),
                some(state.at("Health").at("Status")),
                whole(shown.at("RestartCount")).orElse(0),
                instant(state.at("StartedAt")),
                instant(state.at("FinishedAt")),
                whole(state.at("Pid")).stream().filter(p -> p > 0).findFirst());
    }

    private static List<Container.Attachment> networks(Json networks) {
        return networks.members().entrySet().stream()
                .limit(MOST_ENTRIES)
                .map(n -> attachment(cut(n.getKey()), n.getValue()))
                .toList();
    }

    private static Container.Attachment attachment(String name, Json network) {
        return new Container.Attachment(
                name,
                Stream.of("IPAddress", "GlobalIPv6Address")
                        .flatMap(a -> some(network.at(a)).stream())
                        .toList(),
                network.at("Aliases").items().stream()
                        .limit(MOST_ENTRIES)
                        .flatMap(a -> some(a).stream())
                        .toList(),
                some(network.at("Gateway")));
    }

    /** What is bound now; of a container that does not run, what was asked for. */
    private static List<Container.Publication> published(Json shown) {
        List<Container.Publication> bound = bindings(shown.at("NetworkSettings").at("Ports"));
        return bound.isEmpty() ? bindings(shown.at("HostConfig").at("PortBindings")) : bound;
    }

    private static List<Container.Publication> bindings(Json ports) {
        return ports.members().entrySet().stream()
                .limit(MOST_ENTRIES)
                .flatMap(ShownContainer::bindings)
                .toList();
    }

    private static Stream<Container.Publication> bindings(Map.Entry<String, Json> port) {
        OptionalInt inner = tcpPort(port.getKey());
        return inner.isEmpty()
                ? Stream.empty()
                : port.getValue().items().stream()
                        .limit(MOST_ENTRIES)
                        .map(
                                b ->
                                        new Container.Publication(
                                                some(b.at("HostIp")).orElse("0.0.0.0"),
                                                port(text(b.at("HostPort"))).orElse(0),
                                                inner.getAsInt()));
    }

    private static List<Integer> exposed(Json ports) {
        return ports.members().keySet().stream()
                .limit(MOST_ENTRIES)
                .flatMap(p -> tcpPort(p).stream().boxed())
                .toList();
    }

    /** {@code 8000/tcp}; empty for other protocols. */
    private static OptionalInt tcpPort(String written) {
        return written.endsWith("/tcp")
                ? port(written.substring(0, written.length() - "/tcp".length()))
                : OptionalInt.empty();
    }

    private static OptionalInt port(String digits) {
        if (!digits.matches("\\d{1,5}")) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        return port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    private static Optional<String> label(Json labels, String name) {
        return some(labels.at("com.docker.compose." + name));
    }

    private static OptionalLong positive(Json value) {
        return value.count().stream().filter(c -> c > 0).findFirst();
    }

    private static OptionalInt whole(Json value) {
        return value.count().stream()
                .filter(c -> c >= Integer.MIN_VALUE && c <= Integer.MAX_VALUE)
                .mapToInt(c -> (int) c)
                .findFirst();
    }

    /** The year 1 stands for never. */
    private static Optional<Instant> instant(Json value) {
        try {
            return some(value)
                    .map(t -> OffsetDateTime.parse(t).toInstant())
                    .filter(t -> t.isAfter(Instant.EPOCH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Json value) {
        return cut(value.text().orElse(""));
    }

    private static Optional<String> some(Json value) {
        return Optional.of(text(value)).filter(t -> !t.isEmpty());
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
