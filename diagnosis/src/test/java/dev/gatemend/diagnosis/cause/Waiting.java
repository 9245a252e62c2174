package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;

import dev.gatemend.diagnosis.Facts;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Address;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.WorkerConnections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Peers that do not keep up, for tests. */
final class Waiting {
    static final String SOCKET = "unix:/run/shop/shop.sock";

    private Waiting() {}

    /** The accept queue had no room for another connection. */
    static MatterBuilder queueFull() {
        return new MatterBuilder()
                .peer(SOCKET)
                .logged(
                        "connect-failed-eagain",
                        "connect() to %s failed (11: Resource temporarily unavailable)"
                                .formatted(SOCKET),
                        11,
                        "connecting to upstream");
    }

    static MatterBuilder timedOut() {
        return new MatterBuilder()
                .peer(SOCKET)
                .logged(
                        "upstream-timed-out-reading-header",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "reading response header from upstream");
    }

    /** Two workers, 951 and 952, with so many requests each, and so many that wait. */
    static MatterBuilder served(
            MatterBuilder scene, String name, int taken, int queued, int backlog) {
        return scene.seen(
                        Facts.table(Facts.queued(SOCKET, queued, backlog, 951, 952)),
                        "sockets",
                        "ss -lxp")
                .seen(Facts.process(951, name, name, Duration.ofDays(1), ""), "processes", "ps")
                .seen(Facts.process(952, name, name, Duration.ofDays(1), ""), "processes", "ps")
                .seen(
                        new WorkerConnections(951, taken, List.of(), List.of()),
                        "connections",
                        "ss -xp")
                .seen(
                        new WorkerConnections(952, taken, List.of(), List.of()),
                        "connections",
                        "ss -xp");
    }

    static MatterBuilder probed(MatterBuilder scene, boolean answers) {
        return probed(scene, SOCKET, answers);
    }

    static MatterBuilder probed(MatterBuilder scene, String peer, boolean answers) {
        return scene.seen(
                new PeerProbe(
                        Address.parse(peer, 0).orElseThrow(),
                        NETWORK,
                        PeerProbe.Kind.HTTP,
                        answers
                                ? new ProbeOutcome.Answered("HTTP/1.1 200 OK", 200, 40)
                                : new ProbeOutcome.Silent(Duration.ofSeconds(3)),
                        Duration.ofMillis(answers ? 4 : 3000)),
                "probes",
                "curl -I");
    }

    /** Other requests that it answered while these failed. */
    static MatterBuilder othersAnswered(MatterBuilder scene) {
        return scene.seen(
                Facts.answered(SOCKET, NOW.minusSeconds(55), NOW.minusSeconds(2)),
                "access.log",
                "access log");
    }

    /** Lines of a log of which nobody knows whom it serves. */
    static MatterBuilder said(MatterBuilder scene, String... lines) {
        return scene.seen(
                new ApplicationLog(
                        "-",
                        "the text given",
                        List.of(),
                        List.of(),
                        NOW,
                        List.of(lines).stream()
                                .map(t -> new ApplicationLog.Line(Optional.empty(), t))
                                .toList(),
                        false),
                "application log",
                "-");
    }
}
