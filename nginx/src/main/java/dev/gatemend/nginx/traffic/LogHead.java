package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import dev.gatemend.nginx.log.ErrorTime;
import dev.gatemend.nginx.log.FormatGuess;
import dev.gatemend.nginx.log.LinePrefix;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first lines of a log say about it.
 *
 * @param formats of an access log, the one of most lines first; empty for other kinds
 * @param inferred nobody said the formats
 * @param fits most lines have one of the formats
 */
record LogHead(Kind kind, List<AccessLogFormat> formats, boolean inferred, boolean fits) {
    private static final int MOST_LINES = 200;
    private static final int LONGEST = 8 << 10;

    LogHead {
        formats = List.copyOf(formats);
    }

    /** Looks at a block's first lines; formats that were given are not doubted. */
    static LogHead of(LineBlock block, List<AccessLogFormat> given) {
        List<String> lines = lines(block);
        long entries = lines.stream().filter(LogHead::isEntry).count();
        if (entries * 2 > lines.size()) {
            return new LogHead(Kind.ERROR, List.of(), false, false);
        }
        if (!given.isEmpty()) {
            return new LogHead(Kind.ACCESS, given, false, fit(lines, given));
        }
        List<AccessLogFormat> guessed = FormatGuess.of(lines);
        return guessed.isEmpty()
                ? new LogHead(entries > 0 ? Kind.ERROR : Kind.FOREIGN, List.of(), false, false)
                : new LogHead(Kind.ACCESS, guessed, true, fit(lines, guessed));
    }

    private static boolean fit(List<String> lines, List<AccessLogFormat> formats) {
        AccessLine parsed = new AccessLine();
        long fitting =
                lines.stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .filter(
                                line ->
                                        formats.stream()
                                                .anyMatch(
                                                        f -> f.parse(line, 0, line.length, parsed)))
                        .count();
        return fitting * 2 > lines.size();
    }

    /**
     * The grammar's catalogue costs a start some time, so it is asked only of what has the time.
     */
    private static boolean isEntry(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return ErrorTime.localSecond(bytes, 0, bytes.length) != AccessLine.NO_TIME
                && ErrorLogGrammar.parse(line).filter(e -> e.level().isPresent()).isPresent();
    }

    private static List<String> lines(LineBlock block) {
        List<String> lines = new ArrayList<>();
        block.lines(
                MOST_LINES,
                (buffer, from, to, _) -> {
                    int length = Math.min(to - from, LONGEST);
                    String line = new String(buffer, from, length, StandardCharsets.UTF_8);
                    if (!line.isBlank()) {
                        lines.add(LinePrefix.strip(line.stripTrailing()));
                    }
                });
        return lines;
    }
}
