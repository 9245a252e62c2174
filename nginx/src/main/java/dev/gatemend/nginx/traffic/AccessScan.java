package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.ByteSearch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One thread's way through an access log. */
final class AccessScan {
    private final int log;
    private final TimeRange sorted;
    private final Optional<StatusGlance> glance;
    private final List<AccessLogFormat> formats;
    private final AccessTally tally;
    private final LineCounts counts;
    private final Strays strays;
    private final AccessLine line = new AccessLine();
    private int current;
    private long lines;
    private long unparsed;

    /**
     * @param glance tells which lines need not be taken apart
     * @param sorted the log is read no further than this stretch of time and a little behind it
     */
    AccessScan(
            int log,
            TimeRange sorted,
            Optional<StatusGlance> glance,
            List<AccessLogFormat> formats,
            AccessTally tally,
            LineCounts counts,
            Strays strays) {
        this.log = log;
        this.sorted = sorted;
        this.glance = glance;
        this.formats = formats;
        this.tally = tally;
        this.counts = counts;
        this.strays = strays;
    }

    /** Takes blocks until there are no more. */
    void run(BlockSource source) throws IOException {
        LineBlock block = new LineBlock();
        while (source.next(block)) {
            tally.beginBlock();
            if (glance.isPresent()) {
                takeSome(block, glance.get());
            } else {
                takeAll(block);
            }
            if (sorted.isOverAt(tally.earliestOfBlock())) {
                return;
            }
        }
    }

    long lines() {
        return lines;
    }

    long unparsed() {
        return unparsed;
    }

    /** The lines in between are not counted, so the index of a line means nothing here. */
    private void takeSome(LineBlock block, StatusGlance some) {
        byte[] buffer = block.buffer;
        int at = block.from;
        int hit = some.next(buffer, at, block.to);
        while (hit >= 0) {
            int from = hit;
            while (from > at && buffer[from - 1] != '\n') {
                from--;
            }
            int newline = ByteSearch.find(buffer, hit, block.to, (byte) '\n');
            int end = newline < 0 ? block.to : newline;
            boolean carriageReturn = buffer[end - 1] == '\r';
            take(buffer, from, carriageReturn ? end - 1 : end, block.index, 0);
            lines++;
            at = Math.min(end + 1, block.to);
            hit = some.next(buffer, at, block.to);
        }
    }

    private void takeAll(LineBlock block) {
        int taken =
                block.lines(
                        Integer.MAX_VALUE,
                        (buffer, from, to, index) -> take(buffer, from, to, block.index, index));
        lines += taken;
        counts.put(block.index, taken);
    }

    private void take(byte[] buffer, int from, int to, int block, int index) {
        if (parse(buffer, from, to)) {
            tally.add(line, log, block, index, from, to);
            return;
        }
        int begin = from;
        // a log truncated under its writer begins with a hole of zeros
        while (begin < to && buffer[begin] == 0) {
            begin++;
        }
        if (begin == to) {
            unparsed += to > from ? 1 : 0;
            return;
        }
        if (begin > from && parse(buffer, begin, to)) {
            tally.add(line, log, block, index, begin, to);
            return;
        }
        byte[] rest = Strays.withoutPrefix(buffer, begin, to);
        if (rest.length < to - begin && parse(rest, 0, rest.length)) {
            tally.add(line, log, block, index, 0, rest.length);
        } else if (!strays.isEntry(rest)) {
            unparsed++;
            tally.samples.offer(Samples.Kind.DOES_NOT_FIT, log, block, index, buffer, begin, to);
        }
    }

    /** Tries the format that fitted last first. */
    private boolean parse(byte[] buffer, int from, int to) {
        if (formats.get(current).parse(buffer, from, to, line)) {
            return true;
        }
        for (int i = 0; i < formats.size(); i++) {
            if (i != current && formats.get(i).parse(buffer, from, to, line)) {
                current = i;
                return true;
            }
        }
        return false;
    }
}
