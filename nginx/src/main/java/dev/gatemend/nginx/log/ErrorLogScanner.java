package dev.gatemend.nginx.log;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.LogScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries of a window out of an error log of any size, and groups them. */
public final class ErrorLogScanner {
    /** Lines this much out of order are still found. */
    private static final Duration DISORDER = Duration.ofMinutes(2);

    /** As far as this the first line with a time is looked for. */
    private static final long UNTIMED_BYTES = 256L << 10;

    /**
     * Counting the lines before the window reads the file; above this the byte is named instead.
     */
    static final long MOST_COUNTED = 512L << 20;

    private final LogBytes bytes;
    private final LogQuestion question;
    private final LogClock clock;
    private final ErrorLogGrouper grouper;
    private final List<String> notes = new ArrayList<>();
    private long lines;
    private long unparsed;
    private Optional<Instant> current = Optional.empty();
    private Optional<Instant> newest = Optional.empty();

    private ErrorLogScanner(LogBytes bytes, LogQuestion question) {
        this.bytes = bytes;
        this.question = question;
        this.clock = new LogClock(question.zone(), question.window().to());
        this.grouper = new ErrorLogGrouper(question);
    }

    /**
     * Reads what the window needs, from the end.
     *
     * @throws IOException when the bytes cannot be read
     */
    public static LogFindings<ErrorGroup> scan(LogBytes bytes, LogQuestion question)
            throws IOException {
        return new ErrorLogScanner(bytes, question).scan();
    }

    private LogFindings<ErrorGroup> scan() throws IOException {
        long size = bytes.size();
        WindowStart search = new WindowStart(bytes, this::latestMillis, size);
        long found =
                search.find(
                        question.window().from().minus(DISORDER).toEpochMilli(),
                        question.window().to().plus(DISORDER).toEpochMilli());
        long secondPass = secondPass(found, size);
        if (secondPass >= 0) {
            clock.secondPassFrom(secondPass);
        }
        WindowLines reader = new WindowLines(bytes, question.limits());
        ErrorLogReader entries = new ErrorLogReader(new Entries());
        reader.readWindow(
                found,
                size,
                (buffer, from, to, position) -> {
                    entries.line(
                            position, new String(buffer, from, to - from, StandardCharsets.UTF_8));
                    return true;
                });
        entries.end();
        notes.addAll(reader.notes(question.log()));
        if (grouper.overflowed() > 0) {
            notes.add(
                    question.log()
                            + ": "
                            + grouper.overflowed()
                            + " entries beyond "
                            + ErrorLogGrouper.MOST_GROUPS
                            + " different ones are not shown");
        }
        return new LogFindings<>(
                groups(size),
                new LogScan(
                        question.log(),
                        true,
                        size,
                        search.bytesRead() + reader.bytesRead(),
                        lines,
                        unparsed,
                        0,
                        newest),
                reader.stopped(),
                notes);
    }

    private List<ErrorGroup> groups(long size) throws IOException {
        LineNumbers numbers = new LineNumbers(bytes, question, size);
        List<ErrorGroup> found = grouper.groups(Long::toString);
        numbers.count(found.stream().mapToLong(group -> Long.parseLong(group.where())).toArray());
        return grouper.groups(numbers::where);
    }

    private final class Entries implements ErrorLogReader.Sink {
        @Override
        public void entry(long position, ErrorEntry entry, String text) {
            Optional<Instant> at = entry.time().map(time -> clock.instant(time, position));
            remember(at);
            if (isInside()) {
                lines += 1L + entry.continuation();
                grouper.add(entry, at.or(() -> current), position);
            }
        }

        @Override
        public void unparsed(long position, String line) {
            if (isInside() && !line.isEmpty()) {
                lines++;
                unparsed++;
            }
        }
    }

    private void remember(Optional<Instant> at) {
        if (at.isPresent()) {
            current = at;
            newest = newest.filter(known -> known.isAfter(at.get())).or(() -> at);
        }
    }

    /**
     * A line without time belongs to the one before it; before the first one nothing is known
     * against it.
     */
    private boolean isInside() {
        return current.map(question.window()::contains).orElse(true);
    }

    private long latestMillis(byte[] buffer, int from, int to) {
        return time(buffer, from, to).map(clock::latestMillis).orElse(AccessTime.NONE);
    }

    private static Optional<LocalDateTime> time(byte[] buffer, int from, int to) {
        if (to - from < ErrorHead.TIME_LENGTH) {
            return Optional.empty();
        }
        String beginning =
                new String(buffer, from, Math.min(to - from, 400), StandardCharsets.UTF_8);
        return ErrorHead.of(LinePrefix.strip(beginning)).time();
    }

    /**
     * Where time runs back by most of an hour, when reading begins in an hour that the zone passes
     * twice.
     *
     * @return -1 when it begins elsewhere; {@link Long#MAX_VALUE} when all lines are of the first
     *     pass, 0 when all are of the second
     */
    private long secondPass(long start, long size) throws IOException {
        long[] jump = {-1};
        LocalDateTime[] before = {LocalDateTime.MIN};
        new WindowLines(bytes, question.limits())
                .read(
                        start,
                        size,
                        (buffer, from, to, position) -> {
                            Optional<LocalDateTime> time = time(buffer, from, to);
                            if (time.isEmpty()) {
                                return position - start < UNTIMED_BYTES;
                            }
                            if (!clock.isDoubtful(time.get())) {
                                return false;
                            }
                            if (before[0].isAfter(time.get().plusMinutes(30))) {
                                jump[0] = position;
                                return false;
                            }
                            jump[0] = Long.MAX_VALUE;
                            before[0] = time.get();
                            return position - start < question.limits().bytes();
                        });
        boolean mayBeOver =
                jump[0] == Long.MAX_VALUE
                        && clock.latestMillis(before[0])
                                <= question.window().to().plus(DISORDER).toEpochMilli();
        // without a step back the log has one pass only: the later one, unless that is yet to come
        return mayBeOver ? 0 : jump[0];
    }
}
