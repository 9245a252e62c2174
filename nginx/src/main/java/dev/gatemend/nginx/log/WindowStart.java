package dev.gatemend.nginx.log;

import java.io.IOException;

/**
 * Finds by bisection where in a log the lines of a window begin. Lines are sorted by time only
 * roughly: workers write in turns, buffered logs in blocks, some lines carry no time, and a clock
 * may have been set. So the time asked for lies before the window, lines without time are passed
 * over, and behind the bisection a few probes further back look for lines of the window that a step
 * of the clock left there. Errs on the early side: the reader drops what is too old.
 */
final class WindowStart {
    /** Nearer than this, reading on costs no more than another probe. */
    private static final int NEAR = 64 << 10;

    private static final int PROBE = 16 << 10;

    /** Without a timed line within this stretch (one overlong line) the probe gives up. */
    private static final int LONGEST_PROBE = 256 << 10;

    /** A clock that was set more often than this within a log is no clock. */
    private static final int MOST_STEPS = 4;

    private final LogBytes bytes;
    private final LineTime time;
    private final long size;
    private final byte[] buffer = new byte[PROBE];
    private long bytesRead;

    WindowStart(LogBytes bytes, LineTime time, long size) {
        this.bytes = bytes;
        this.time = time;
        this.size = size;
    }

    /** Where a line begins, and its time. */
    private record Timed(long start, long millis) {}

    /**
     * @param from milliseconds since the epoch
     * @param to lines later than this are no reason to begin earlier
     * @return the beginning of a line at or before the first one of the window
     */
    long find(long from, long to) throws IOException {
        long start = bisect(size, from);
        for (int i = 0; i < MOST_STEPS; i++) {
            long left = leftBehind(start, from, to);
            if (left < 0) {
                return start;
            }
            start = bisect(left, from);
        }
        return start;
    }

    private long bisect(long end, long from) throws IOException {
        long low = 0;
        long high = end;
        while (high - low > NEAR) {
            long middle = low + (high - low) / 2;
            Timed line = timedAfter(middle, high);
            if (line.millis == AccessTime.NONE || line.millis >= from) {
                high = middle;
            } else {
                low = line.start;
            }
        }
        return low;
    }

    /** For LogScan: what the probes cost. */
    long bytesRead() {
        return bytesRead;
    }

    /** A line of the window that begins before the place found; -1 when no probe meets one. */
    private long leftBehind(long found, long from, long to) throws IOException {
        for (long back = NEAR; back < found; back += back / 4) {
            Timed line = timedAfter(found - back, found);
            if (line.millis >= from && line.millis <= to) {
                return line.start;
            }
        }
        return -1;
    }

    /** The first line with a time that begins behind the position. */
    private Timed timedAfter(long position, long limit) throws IOException {
        long at = position;
        long end = Math.min(limit, position + LONGEST_PROBE);
        boolean inLine = position > 0;
        while (at < end) {
            int length = bytes.read(at, buffer, 0, buffer.length);
            if (length < 1) {
                break;
            }
            bytesRead += length;
            int from = inLine ? afterNewline(0, length) : 0;
            while (from >= 0 && from < length) {
                int to = afterNewline(from, length);
                long millis = time.millis(buffer, from, to < 0 ? length : to - 1);
                if (millis != AccessTime.NONE) {
                    return new Timed(at + from, millis);
                }
                if (to < 0) {
                    break;
                }
                from = to;
            }
            // a line that the block cuts is read again whole, unless the block is all of it
            boolean whole = from <= 0 || from >= length;
            inLine = whole && from != length;
            at += whole ? length : from;
        }
        return new Timed(position, AccessTime.NONE);
    }

    private int afterNewline(int from, int length) {
        for (int i = from; i < length; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
