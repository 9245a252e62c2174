package dev.gatemend.host;

import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What package managers note of their work: dpkg in dpkg.log (dpkg(1), {@code --log}), with the
 * part that was rotated away last, and DNF in dnf.rpm.log. Alpine's apk notes nothing.
 */
final class PackageLog {
    private static final int MOST = 60;
    private static final int MOST_BYTES = 512 << 10;

    /** {@code 2026-11-21 15:40:21 upgrade libssl3:amd64 3.0.14-1 3.0.15-1}. */
    private static final Pattern DPKG =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2} (install|upgrade|remove|purge) ([a-z0-9][a-z0-9+.-]{1,100}(?::[a-z0-9-]{1,20})?) (\\S{1,100}) (\\S{1,100})");

    /** {@code 2026-11-21T15:40:21+0000 SUBDEBUG Upgrade: nginx-core-1:1.20.1-16.el9.x86_64}. */
    private static final Pattern DNF =
            Pattern.compile(
                    "\\S{19,30} SUBDEBUG (Installed|Upgrade|Downgrade|Erase|Reinstalled): (\\S{1,100}?)-(\\d{1,4}:)?(\\d\\S{0,80})-(\\S{1,80})");

    private PackageLog() {}

    /**
     * One of them.
     *
     * @param name with its architecture where the log has one, {@code libssl3:amd64}
     */
    record Entry(Instant at, String name, String words, Path log) {}

    /**
     * Those of a period, oldest first.
     *
     * @param zone of dpkg's times
     */
    static List<Entry> in(Path root, Window period, ZoneId zone) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String log : List.of("var/log/dpkg.log", "var/log/dnf.rpm.log")) {
            Path file = root.resolve(log);
            List<Path> parts =
                    Files.isRegularFile(file)
                            ? Stream.concat(older(file, period), Stream.of(file)).toList()
                            : List.of();
            for (Path part : parts) {
                if (Touched.in(new Window(period.from(), Instant.MAX), part).isPresent()) {
                    TextTail.lines(part, MOST_BYTES, StandardCharsets.ISO_8859_1).stream()
                            .flatMap(line -> entry(line, zone, part).stream())
                            .filter(entry -> period.contains(entry.at()))
                            .forEach(entries::add);
                }
            }
        }
        return List.copyOf(entries.subList(Math.max(0, entries.size() - MOST), entries.size()));
    }

    /** A part that is packed was rotated away too long ago. */
    private static Stream<Path> older(Path log, Window period) {
        return RotatedLogs.beside(log, period.from()).stream()
                .map(RotatedLogs.Part::file)
                .filter(part -> part.toString().endsWith(".1"));
    }

    private static Optional<Entry> entry(String line, ZoneId zone, Path log) {
        Matcher dpkg = DPKG.matcher(line);
        if (dpkg.matches()) {
            return LineStamp.in(line, zone)
                    .map(at -> new Entry(at, dpkg.group(2), words(dpkg), log));
        }
        Matcher dnf = DNF.matcher(line);
        return dnf.matches()
                ? LineStamp.in(line, zone)
                        .map(
                                at ->
                                        new Entry(
                                                at,
                                                dnf.group(2),
                                                "%s: %s-%s"
                                                        .formatted(
                                                                dnf.group(1),
                                                                dnf.group(4),
                                                                dnf.group(5)),
                                                log))
                : Optional.empty();
    }

    private static String words(Matcher dpkg) {
        return switch (dpkg.group(1)) {
            case "install" -> "install " + dpkg.group(4);
            case "upgrade" -> "upgrade from %s to %s".formatted(dpkg.group(3), dpkg.group(4));
            default -> "%s %s".formatted(dpkg.group(1), dpkg.group(3));
        };
    }
}
