package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.refused;

import dev.gatemend.model.Container;
import dev.gatemend.model.Container.Attachment;
import dev.gatemend.model.Container.Life;
import dev.gatemend.model.Container.Publication;
import dev.gatemend.model.NginxMaster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Containers for tests, and an nginx that runs in one. */
public final class Containers {
    public static final Life RUNNING = life("running", 0, false);

    /** nginx in the container that {@link #container} makes of the name {@code proxy}. */
    public static final NginxMaster CONFINED =
            new NginxMaster(
                    MASTER.pid(),
                    MASTER.binary(),
                    MASTER.version(),
                    MASTER.prefix(),
                    MASTER.configuration(),
                    MASTER.commandLine(),
                    MASTER.workers(),
                    MASTER.workerIdentity(),
                    MASTER.namespaces(),
                    Optional.of(id("proxy").substring(0, 12)),
                    Optional.empty(),
                    MASTER.workersSince());

    private static final Publication SAME = new Publication("0.0.0.0", 8000, 8000);

    private Containers() {}

    public static Life life(String state, int exitCode, boolean oomKilled) {
        return life(state, exitCode, oomKilled, NOW.minusSeconds(90));
    }

    public static Life life(String state, int exitCode, boolean oomKilled, Instant finished) {
        boolean runs = state.equals("running");
        return new Life(
                state,
                exitCode,
                oomKilled,
                "",
                Optional.empty(),
                0,
                Optional.of(NOW.minusSeconds(3600)),
                runs ? Optional.empty() : Optional.of(finished),
                runs ? OptionalInt.of(900) : OptionalInt.empty());
    }

    /** With one inner port 8000, published where {@code published} says so. */
    public static Container container(
            String name, Life life, String network, String address, Publication... published) {
        return new Container(
                "docker",
                id(name),
                name,
                name + ":1",
                life,
                List.of(
                        new Attachment(
                                network,
                                address.isEmpty() ? List.of() : List.of(address),
                                List.of(),
                                Optional.empty())),
                List.of(published),
                List.of(8000),
                OptionalLong.of(64L << 20),
                "no",
                Optional.empty(),
                Optional.empty());
    }

    public static MatterBuilder behind(Life life) {
        return seen(emptyTable(refused()), container("shop", life, "bridge", "", SAME));
    }

    public static MatterBuilder confined(String peer) {
        return new MatterBuilder(CONFINED)
                .peer(peer)
                .logged(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream");
    }

    public static MatterBuilder emptyTable(MatterBuilder scene) {
        return scene.seen(table(), "sockets", "ss -ltnp");
    }

    public static MatterBuilder seen(MatterBuilder scene, Container container) {
        return scene.seen(container, "containers", "docker inspect " + container.name());
    }

    private static String id(String name) {
        return "%064x".formatted(name.hashCode() & 0xffff).transform(t -> reversed(t));
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
