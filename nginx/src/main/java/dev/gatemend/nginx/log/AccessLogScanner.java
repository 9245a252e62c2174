package dev.gatemend.nginx.log;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.LogScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the requests of a window out of an access log of any size, and groups them. */
public final class AccessLogScanner {
    /**
     * Buffered logs ({@code buffer=}, {@code flush=}) are written in blocks, a worker at a time.
     */
    private static final Duration DISORDER = Duration.ofMinutes(2);

    /** Without a time in the lines nothing says what is in the window: only a little is read. */
    private static final long UNTIMED_BYTES = 1L << 20;

    private final LogBytes bytes;
    private final LogQuestion question;
    private final List<AccessLogFormat> formats;
    private final AccessLogGrouper grouper;
    private final AccessLine line = new AccessLine();
    private final List<String> notes = new ArrayList<>();
    private int current;
    private long lines;
    private long unparsed;
    private long newest = AccessTime.NONE;
    private long lastTime = AccessTime.NONE;

    private AccessLogScanner(LogBytes bytes, LogQuestion question, List<AccessLogFormat> formats) {
        this.bytes = bytes;
        this.question = question;
        this.formats = List.copyOf(formats);
        this.grouper = new AccessLogGrouper(question);
    }

    /**
     * Reads what the window needs, from the end.
     *
     * @param formats that are written to this log; several servers may share it
     * @throws IOException when the bytes cannot be read
     */
    public static LogFindings<AccessGroup> scan(
            LogBytes bytes, LogQuestion question, List<AccessLogFormat> formats)
            throws IOException {
        return new AccessLogScanner(bytes, question, formats).scan();
    }

    private LogFindings<AccessGroup> scan() throws IOException {
        formats.forEach(format -> notes.addAll(format.doubts()));
        long size = bytes.size();
        boolean timed = formats.stream().anyMatch(AccessLogFormat::hasTime);
        WindowStart search = new WindowStart(bytes, this::millis, size);
        long found =
                timed ? search.find(from() - DISORDER.toMillis(), to() + DISORDER.toMillis()) : 0;
        long start = timed ? found : Math.max(0, size - UNTIMED_BYTES);
        if (!timed) {
            notes.add(
                    question.log()
                            + ": its log_format has no time; the last "
                            + (size - start)
                            + " bytes were read, whatever their age");
        }
        WindowLines reader = new WindowLines(bytes, question.limits());
        reader.readWindow(
                start,
                size,
                (buffer, from, to, position) -> {
                    // without a time it is the size and not a newline that says where to begin
                    if (timed || position > start || start == 0) {
                        take(buffer, from, to, position);
                    }
                    return true;
                });
        notes.addAll(reader.notes(question.log()));
        LogScan scan =
                new LogScan(
                        question.log(),
                        false,
                        size,
                        search.bytesRead() + reader.bytesRead(),
                        lines,
                        unparsed,
                        grouper.requests(),
                        newest());
        return new LogFindings<>(groups(size), scan, reader.stopped(), notes);
    }

    private List<AccessGroup> groups(long size) throws IOException {
        LineNumbers numbers = new LineNumbers(bytes, question, size);
        List<AccessGroup> found = grouper.groups(Long::toString);
        numbers.count(found.stream().mapToLong(group -> Long.parseLong(group.where())).toArray());
        return grouper.groups(numbers::where);
    }

    private void take(byte[] buffer, int from, int to, long position) {
        if (from == to) {
            return;
        }
        boolean parsed = parse(buffer, from, to);
        if (parsed && line.millis() != AccessTime.NONE) {
            lastTime = line.millis();
            newest = Math.max(newest, lastTime);
        }
        if (lastTime != AccessTime.NONE && (lastTime < from() || lastTime > to())) {
            return;
        }
        lines++;
        if (parsed) {
            grouper.add(line, position);
        } else {
            unparsed++;
        }
    }

    /**
     * Tries the format that fitted last first; then the others; then the line without a collector's
     * prefix.
     */
    private boolean parse(byte[] buffer, int from, int to) {
        if (parseAsIs(buffer, from, to)) {
            return true;
        }
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        String stripped = LinePrefix.strip(text);
        if (stripped.length() == text.length()) {
            return false;
        }
        byte[] rest = stripped.getBytes(StandardCharsets.UTF_8);
        return parseAsIs(rest, 0, rest.length);
    }

    private boolean parseAsIs(byte[] buffer, int from, int to) {
        for (int i = 0; i < formats.size(); i++) {
            int index = (current + i) % formats.size();
            if (formats.get(index).parse(buffer, from, to, line)) {
                current = index;
                return true;
            }
        }
        return false;
    }

    private long millis(byte[] buffer, int from, int to) {
        return parse(buffer, from, to) ? line.millis() : AccessTime.NONE;
    }

    private long from() {
        return question.window().from().toEpochMilli();
    }

    private long to() {
        return question.window().to().toEpochMilli();
    }

    private Optional<Instant> newest() {
        return newest == AccessTime.NONE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(newest));
    }
}
