package dev.gatemend.host;

import dev.gatemend.host.logs.LogFile;
import dev.gatemend.model.ApplicationLog.Line;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest lines of a log in whatever format.
 *
 * @param cut whether lines of the window before these were left out
 */
record LogTail(List<Line> lines, boolean cut) {
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_LINES = 400;

    /** Of a log that was not written to within the window. */
    private static final int LAST_WORDS = 40;

    private static final int LONGEST = 1_024;

    /**
     * Reads it.
     *
     * @param zone of times that carry none
     */
    static LogTail read(Path file, Window window, ZoneId zone) throws IOException {
        try (LogFile log = LogFile.open(file)) {
            long size = log.size();
            byte[] bytes = new byte[(int) Math.min(size, MOST_BYTES)];
            int length = log.read(size - bytes.length, bytes, 0, bytes.length);
            String text = new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
            boolean whole = size <= MOST_BYTES;
            return of(whole ? text : text.substring(text.indexOf('\n') + 1), whole, window, zone);
        }
    }

    private static LogTail of(String text, boolean whole, Window window, ZoneId zone) {
        List<Line> all = new ArrayList<>();
        List<Line> within = new ArrayList<>();
        boolean old = false;
        for (String written : text.split("\n", -1)) {
            String line = ofContainer(written).stripTrailing();
            if (!line.isEmpty()) {
                Optional<Instant> at = LineStamp.in(written, zone);
                // A line without a time belongs to the one before it.
                old = at.map(window.from()::isAfter).orElse(old);
                all.add(new Line(at, line.substring(0, Math.min(line.length(), LONGEST))));
                if (!old) {
                    within.add(all.getLast());
                }
            }
        }
        List<Line> kept = within.isEmpty() ? last(all, LAST_WORDS) : last(within, MOST_LINES);
        return new LogTail(
                kept, kept.size() < within.size() || (!whole && within.size() == all.size()));
    }

    private static List<Line> last(List<Line> lines, int most) {
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    /** A line as the container wrote it, out of Docker's json-file log. */
    private static String ofContainer(String line) {
        return line.startsWith("{\"log\":\"")
                ? Json.read(line).at("log").text().orElse(line)
                : line;
    }
}
