package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.ErrorEffect;
import dev.gatemend.nginx.log.ErrorLine;
import dev.gatemend.nginx.log.ErrorLogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

/**
 * Reads an error log from its beginning to its end. One thread does: whether a line is an entry may
 * depend on the lines before it.
 */
final class ErrorScan implements ErrorLogReader.Sink {
    private final int log;
    private final ErrorTally tally;
    private final Samples samples;
    private final LineCounts counts;
    private final ErrorLine line = new ErrorLine();
    private final ErrorLogReader reader = new ErrorLogReader(this);
    private long lines;
    private long unparsed;
    private long disordered;
    private long lastSecond = AccessLine.NO_TIME;

    ErrorScan(int log, ErrorTally tally, Samples samples, LineCounts counts) {
        this.log = log;
        this.tally = tally;
        this.samples = samples;
        this.counts = counts;
    }

    void run(BlockSource source) throws IOException {
        LineBlock block = new LineBlock();
        try {
            while (source.next(block)) {
                take(block);
            }
        } finally {
            reader.end();
        }
    }

    long lines() {
        return lines;
    }

    long unparsed() {
        return unparsed;
    }

    long disordered() {
        return disordered;
    }

    private void take(LineBlock block) {
        int taken =
                block.lines(
                        Integer.MAX_VALUE,
                        (buffer, from, to, index) ->
                                take(buffer, from, to, Place.of(block.index, index)));
        lines += taken;
        counts.put(block.index, taken);
    }

    private void take(byte[] buffer, int from, int to, long place) {
        if (reader.isIdle() && line.read(buffer, from, to)) {
            order(line.localSecond());
            if (tally.add(line, buffer, from, to) == ErrorEffect.CUTS_ANSWER) {
                offer(Samples.Kind.CUT, place, buffer, from, to);
            }
            return;
        }
        int begin = from;
        while (begin < to && buffer[begin] == 0) {
            begin++;
        }
        reader.line(place, new String(buffer, begin, to - begin, StandardCharsets.UTF_8));
    }

    @Override
    public void entry(long position, ErrorEntry entry, String text) {
        entry.time().ifPresent(t -> order(t.toEpochSecond(ZoneOffset.UTC)));
        if (tally.add(entry) == ErrorEffect.CUTS_ANSWER) {
            offer(Samples.Kind.CUT, position, text);
        }
    }

    @Override
    public void unparsed(long position, String text) {
        if (text.isEmpty()) {
            return;
        }
        unparsed++;
        offer(Samples.Kind.DOES_NOT_FIT, position, text);
    }

    private void offer(Samples.Kind kind, long place, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        offer(kind, place, bytes, 0, bytes.length);
    }

    private void offer(Samples.Kind kind, long place, byte[] buffer, int from, int to) {
        samples.offer(kind, log, Place.block(place), Place.line(place), buffer, from, to);
    }

    private void order(long second) {
        disordered += second < lastSecond ? 1 : 0;
        lastSecond = second;
    }

    /** Block and line in one number, as {@link ErrorLogReader} hands on. */
    private static final class Place {
        static long of(int block, int line) {
            return ((long) block << 32) | line;
        }

        static int block(long place) {
            return (int) (place >>> 32);
        }

        static int line(long place) {
            return (int) place;
        }
    }
}
