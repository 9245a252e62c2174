package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;

import dev.gatemend.model.Address;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ApplicationLog.Line;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.SystemdUnit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What applications and their service managers say, for tests. */
public final class Said {
    public static final String PATH = "/srv/shop/shop.log";

    /** When the application last wrote, a little before the failures. */
    public static final Instant CHANGED = NOW.minusSeconds(61);

    private Said() {}

    /** A log of the application behind {@link Refusals#PEER}; the lines carry no time. */
    public static MatterBuilder log(MatterBuilder scene, int pid, String... lines) {
        return log(
                scene, pid, Arrays.stream(lines).map(t -> new Line(Optional.empty(), t)).toList());
    }

    /** One line that carries a time. */
    public static Line at(Instant at, String text) {
        return new Line(Optional.of(at), text);
    }

    public static MatterBuilder log(MatterBuilder scene, int pid, List<Line> lines) {
        return scene.seen(
                new ApplicationLog(
                        PATH,
                        "gunicorn (PID %d)".formatted(pid),
                        List.of(Address.parse(PEER, 0).orElseThrow()),
                        List.of(pid),
                        lines.stream()
                                .flatMap(l -> l.at().stream())
                                .max(Instant::compareTo)
                                .orElse(CHANGED),
                        lines,
                        false),
                "application log",
                PATH);
    }

    public static MatterBuilder journal(MatterBuilder scene, String unit, Instant at, String text) {
        return scene.seen(new JournalLine(unit, at, text), "journal", "journalctl -u " + unit);
    }

    /** A service whose command names {@link Refusals#PEER}. */
    public static SystemdUnit ended(
            String active, String sub, String result, int status, int restarts) {
        return new SystemdUnit(
                "shop.service",
                "",
                active,
                sub,
                result,
                OptionalInt.of(status),
                OptionalInt.empty(),
                restarts,
                "enabled",
                List.of("/usr/bin/gunicorn --bind " + PEER + " shop:app"),
                List.of(PEER),
                Optional.of(NOW.minusSeconds(62)));
    }

    public static MatterBuilder seen(MatterBuilder scene, SystemdUnit unit) {
        return scene.seen(unit, "systemd", "systemctl status " + unit.name());
    }

    /** The peer closed connections before it answered, since a minute. */
    public static MatterBuilder closed() {
        return new MatterBuilder()
                .peer(PEER)
                .logged(
                        "upstream-prematurely-closed",
                        "upstream prematurely closed connection",
                        0,
                        "reading response header from upstream");
    }
}
