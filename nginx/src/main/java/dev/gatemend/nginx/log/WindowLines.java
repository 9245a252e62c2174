package dev.gatemend.nginx.log;

import java.io.IOException;

/**
 * Reads the lines of a log from a position to its end, in blocks. Of a line longer than 64 KiB only
 * the beginning is kept; memory does not grow with the file.
 */
final class WindowLines {
    /** Takes lines without their newline; the buffer is valid during the call. */
    @FunctionalInterface
    interface Sink {
        /**
         * @return false to end the reading
         */
        boolean line(byte[] buffer, int from, int to, long position);
    }

    static final int LONGEST_LINE = 64 << 10;
    private static final int BLOCK = 256 << 10;

    private final LogBytes bytes;
    private final ScanLimits limits;
    private long bytesRead;
    private boolean stopped;

    WindowLines(LogBytes bytes, ScanLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** True when {@link ScanLimits#stop} ended the reading. */
    boolean stopped() {
        return stopped;
    }

    /** Reads lines from the position, where one begins, to the given size of the log. */
    void read(long position, long size, Sink sink) throws IOException {
        byte[] buffer = new byte[BLOCK + LONGEST_LINE];
        long at = position;
        int kept = 0;
        boolean dropping = false;
        while (at < size) {
            if (limits.stop().getAsBoolean()) {
                stopped = true;
                return;
            }
            int length = bytes.read(at, buffer, kept, (int) Math.min(BLOCK, size - at));
            if (length < 1) {
                break;
            }
            bytesRead += length;
            int end = kept + length;
            long origin = at - kept;
            int from = dropping ? newline(buffer, kept, end) + 1 : 0;
            if (dropping && from == 0) {
                at += length;
                kept = 0;
                continue;
            }
            dropping = false;
            // what was kept of the last block holds no newline
            int to = newline(buffer, Math.max(from, kept), end);
            while (to >= 0) {
                if (!emit(sink, buffer, from, to, origin)) {
                    return;
                }
                from = to + 1;
                to = newline(buffer, from, end);
            }
            kept = end - from;
            if (kept > LONGEST_LINE) {
                if (!emit(sink, buffer, from, end, origin)) {
                    return;
                }
                dropping = true;
                kept = 0;
            } else {
                System.arraycopy(buffer, from, buffer, 0, kept);
            }
            at += length;
        }
        if (kept > 0) {
            emit(sink, buffer, 0, kept, at - kept);
        }
    }

    private static boolean emit(Sink sink, byte[] buffer, int from, int to, long origin) {
        int end = Math.min(to, from + LONGEST_LINE);
        int begin = from;
        // a log truncated under its writer begins with a hole of zeros
        while (begin < end && buffer[begin] == 0) {
            begin++;
        }
        boolean carriageReturn = end > begin && end == to && buffer[end - 1] == '\r';
        return sink.line(buffer, begin, carriageReturn ? end - 1 : end, origin + from);
    }

    private static int newline(byte[] buffer, int from, int to) {
        return ByteSearch.find(buffer, from, to, (byte) '\n');
    }
}
