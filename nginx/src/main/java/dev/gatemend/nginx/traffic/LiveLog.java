package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.ErrorLogReader;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One log that is followed. What it is shows in its lines: those that stood in it already, or the
 * first that come, looked at again and again until there were enough. Not thread-safe.
 */
final class LiveLog {
    /** After so many bytes the lines have shown what they are. */
    private static final int ENOUGH = 64 << 10;

    private final int number;
    private final String name;
    private final List<AccessLogFormat> given;
    private final AccessTally requests;
    private final LiveJoin join;
    private final LiveZone zone;
    private final LineCounts counts = LineCounts.ofGrowing();
    private final ErrorLogReader reader = new ErrorLogReader(new Entries());
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final ByteArrayOutputStream misfits = new ByteArrayOutputStream();
    private Optional<LogHead> head = Optional.empty();
    private Optional<AccessScan> scan = Optional.empty();
    private int nextLook = 1;
    private long bytes;
    private long lines;
    private long unparsed;
    private long disordered;
    private long lastSecond = Long.MIN_VALUE;
    private OptionalLong firstSecond = OptionalLong.empty();
    private boolean knownBefore;
    private boolean strays;
    private Optional<String> problem = Optional.empty();

    LiveLog(
            int number,
            String name,
            List<AccessLogFormat> given,
            AccessTally requests,
            LiveJoin join,
            LiveZone zone) {
        this.number = number;
        this.name = name;
        this.given = given;
        this.requests = requests;
        this.join = join;
        this.zone = zone;
    }

    /** What the entries of an error log come to. */
    private final class Entries implements ErrorLogReader.Sink {
        @Override
        public void entry(long position, ErrorEntry entry, String text) {
            entry.time().ifPresent(time -> order(time.toEpochSecond(ZoneOffset.UTC)));
            if (knownBefore) {
                join.known(entry);
            } else {
                join.entry(entry, number);
            }
        }

        @Override
        public void unparsed(long position, String text) {
            if (!text.isEmpty() && !knownBefore) {
                misfit(text);
            }
        }
    }

    private void order(long second) {
        if (firstSecond.isEmpty()) {
            firstSecond = OptionalLong.of(second);
        }
        disordered += second < lastSecond && !knownBefore ? 1 : 0;
        lastSecond = second;
    }

    private void misfit(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        unparsed++;
        if (misfits.size() + line.length < ENOUGH) {
            misfits.write(line, 0, line.length);
            misfits.write('\n');
        }
        requests.samples.offer(Samples.Kind.DOES_NOT_FIT, number, 0, 0, line, 0, line.length);
    }

    /**
     * Lines that stood in it before anybody looked: they tell what it is.
     *
     * @param joins entries among them may belong to requests to come
     */
    void before(byte[] buffer, int from, int to, boolean joins) {
        look(buffer, from, to);
        if (joins && is(Kind.ERROR)) {
            knownBefore = true;
            entries(buffer, from, to);
            reader.end();
            knownBefore = false;
            lastSecond = Long.MIN_VALUE;
        }
    }

    /** Takes whole lines. */
    void take(byte[] buffer, int from, int to) {
        look(buffer, from, to);
        bytes += to - from;
        if (is(Kind.ERROR)) {
            lines += entries(buffer, from, to);
            reconsider();
        } else {
            scan(buffer, from, to);
        }
    }

    /** No more will come, or nothing came for a while: an entry of several lines is whole. */
    void rest() {
        reader.end();
    }

    private void look(byte[] buffer, int from, int to) {
        if (seen.size() >= ENOUGH) {
            return;
        }
        seen.write(buffer, from, Math.min(to - from, ENOUGH - seen.size()));
        if (seen.size() < nextLook) {
            return;
        }
        nextLook = Math.max(2 * seen.size(), 1);
        LogHead found = head(seen);
        boolean same = head.filter(h -> h.kind() == found.kind()).isPresent();
        // what is no entry of an error log is looked at by itself
        boolean known = is(Kind.ERROR) || (is(Kind.ACCESS) && found.kind() != Kind.ACCESS);
        if (known || (same && !found.inferred())) {
            return;
        }
        begin(found, seen);
    }

    private void begin(LogHead found, ByteArrayOutputStream sample) {
        head = Optional.of(found);
        scan = Optional.empty();
        if (found.kind() == Kind.ACCESS) {
            zone.learn(sample.toByteArray(), found.formats());
        }
    }

    private LogHead head(ByteArrayOutputStream sample) {
        LineBlock block = new LineBlock(sample.toByteArray());
        block.set(0, 0, block.buffer.length);
        return LogHead.of(block, given);
    }

    /** Both logs may go to one pipe: what is no entry may be a request. */
    private void reconsider() {
        if (misfits.size() == 0 || seen.size() >= ENOUGH) {
            return;
        }
        LogHead other = head(misfits);
        if (other.kind() == Kind.ACCESS && other.fits()) {
            reader.end();
            begin(other, misfits);
            strays = true;
            byte[] again = misfits.toByteArray();
            long counted = unparsed;
            long linesBefore = lines;
            scan(again, 0, again.length);
            unparsed -= counted;
            lines = linesBefore;
            misfits.reset();
        }
    }

    private int entries(byte[] buffer, int from, int to) {
        LineBlock block = new LineBlock(buffer);
        block.set(0, from, to);
        return block.lines(Integer.MAX_VALUE, this::entry);
    }

    private void entry(byte[] buffer, int from, int to, int line) {
        int begin = from;
        while (begin < to && buffer[begin] == 0) {
            begin++;
        }
        reader.line(line, new String(buffer, begin, to - begin, StandardCharsets.UTF_8));
    }

    private void scan(byte[] buffer, int from, int to) {
        AccessScan current = scan.orElseGet(this::newScan);
        scan = Optional.of(current);
        long linesBefore = current.lines();
        long unparsedBefore = current.unparsed();
        long disorderedBefore = requests.disordered;
        try {
            current.run(new OneBlock(buffer, from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines += current.lines() - linesBefore;
        unparsed += current.unparsed() - unparsedBefore;
        disordered += requests.disordered - disorderedBefore;
    }

    private AccessScan newScan() {
        return new AccessScan(
                number,
                TimeRange.EVER,
                Optional.empty(),
                formats(),
                requests,
                counts,
                new Strays(this::stray));
    }

    private void stray(ErrorEntry entry) {
        strays = true;
        entry.time().ifPresent(time -> order(time.toEpochSecond(ZoneOffset.UTC)));
        join.entry(entry, number);
    }

    List<AccessLogFormat> formats() {
        List<AccessLogFormat> found = head.map(LogHead::formats).orElse(List.of());
        return found.isEmpty() ? List.of(AccessLogFormat.compile(AccessLogFormat.COMBINED)) : found;
    }

    boolean is(Kind kind) {
        return head.filter(h -> h.kind() == kind).isPresent();
    }

    /** Nobody knows yet, or it may: entries come in it. */
    boolean mayHoldEntries() {
        return strays || !is(Kind.ACCESS);
    }

    boolean mayHoldRequests() {
        return !is(Kind.ERROR);
    }

    /** Local second of the first entry that was seen, also of those before. */
    OptionalLong firstSecond() {
        return firstSecond;
    }

    void problem(Optional<String> why) {
        problem = why;
    }

    boolean isWell() {
        return problem.isEmpty();
    }

    FileRead read() {
        Optional<String> format =
                is(Kind.ACCESS)
                        ? head.map(
                                h ->
                                        formats().getFirst().format().name()
                                                + (h.inferred() ? " (inferred)" : ""))
                        : Optional.empty();
        Kind kind =
                head.map(LogHead::kind).orElse(name.contains("error") ? Kind.ERROR : Kind.ACCESS);
        return new FileRead(name, kind, bytes, lines, unparsed, disordered, format, problem);
    }

    LineCounts counts() {
        return counts;
    }

    /** Lines that somebody else holds, handed out once. */
    private static final class OneBlock implements BlockSource {
        private final byte[] buffer;
        private final int from;
        private final int to;
        private boolean given;

        OneBlock(byte[] buffer, int from, int to) {
            this.buffer = buffer;
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean next(LineBlock block) {
            if (given) {
                return false;
            }
            given = true;
            block.buffer = buffer;
            block.set(0, from, to);
            return true;
        }

        @Override
        public void end() {
            given = true;
        }

        @Override
        public long bytesRead() {
            return given ? to - from : 0;
        }
    }
}
