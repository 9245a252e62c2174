package dev.gatemend.nginx.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

    /** One sixteenth of what may be read tells when it began. */
    private static final int HEAD_SHARE = 16;

    private final LogBytes bytes;
    private final ScanLimits limits;
    private long bytesRead;
    private long skipped;
    private boolean stopped;

    WindowLines(LogBytes bytes, ScanLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    long bytesRead() {
        return bytesRead;
    }

    /**
     * Reads the lines of a window that begins at the position, where a line begins, and ends with
     * the log. When that is more than the limit, its beginning (for when it began) and its end are
     * read.
     */
    void readWindow(long position, long size, Sink sink) throws IOException {
        long budget = limits.bytes();
        if (size - position <= budget) {
            read(position, size, true, sink);
            return;
        }
        skipped = size - position - budget;
        long head = budget / HEAD_SHARE;
        long tail = size - (budget - head);
        read(position, position + head, false, sink);
        // the budget and not a newline says where the end begins: its first line is a torn one
        read(
                tail,
                size,
                true,
                (buffer, from, to, at) -> at == tail || sink.line(buffer, from, to, at));
    }

    /** True when {@link ScanLimits#stop} ended the reading. */
    boolean stopped() {
        return stopped;
    }

    /** Sentences about what was not read. */
    List<String> notes(String log) {
        List<String> notes = new ArrayList<>();
        if (skipped > 0) {
            notes.add(
                    log
                            + ": more was in the window than is read at once; "
                            + skipped
                            + " bytes in its middle were left out, so counts are too low");
        }
        if (stopped) {
            notes.add(log + ": time was up after " + bytesRead + " bytes; counts are too low");
        }
        return notes;
    }

    /** Reads all lines from the position to the given size of the log. */
    void read(long position, long size, Sink sink) throws IOException {
        read(position, size, true, sink);
    }

    private void read(long position, long size, boolean last, Sink sink) throws IOException {
        byte[] buffer = new byte[BLOCK + LONGEST_LINE];
        long at = position;
        int kept = 0;
        boolean dropping = false;
        while (at < size) {
            // However slow the host is, what one block holds is read.
            if (bytesRead > 0 && limits.stop().getAsBoolean()) {
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
        if (kept > 0 && last) {
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
