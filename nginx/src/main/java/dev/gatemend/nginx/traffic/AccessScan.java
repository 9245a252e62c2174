package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.ByteSearch;
import java.io.IOException;
import java.util.List;

/** One thread's way through an access log. */
final class AccessScan {
    private final int log;
    private final TimeRange sorted;
    private final List<AccessLogFormat> formats;
    private final AccessTally tally;
    private final LineCounts counts;
    private final Strays strays;
    private final AccessLine line = new AccessLine();
    private int current;
    private long lines;
    private long unparsed;

    /**
     * @param sorted the log is read no further than this stretch of time and a little behind it
     */
    AccessScan(
            int log,
            TimeRange sorted,
            List<AccessLogFormat> formats,
            AccessTally tally,
            LineCounts counts,
            Strays strays) {
        this.log = log;
        this.sorted = sorted;
        this.formats = formats;
        this.tally = tally;
        this.counts = counts;
        this.strays = strays;
    }

    /** Takes blocks until there are no more. */
    void run(BlockSource source) throws IOException {
        LineBlock block = new LineBlock();
        while (!Thread.currentThread().isInterrupted() && source.next(block)) {
            take(block);
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

    private void take(LineBlock block) {
        byte[] buffer = block.buffer;
        int at = block.from;
        int index = 0;
        tally.beginBlock();
        while (at < block.to) {
            int newline = ByteSearch.find(buffer, at, block.to, (byte) '\n');
            int end = newline < 0 ? block.to : newline;
            boolean carriageReturn = end > at && buffer[end - 1] == '\r';
            take(buffer, at, carriageReturn ? end - 1 : end, block.index, index++);
            at = end + 1;
        }
        lines += index;
        counts.put(block.index, index);
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
