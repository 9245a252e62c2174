package dev.gatemend.host.logs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A log that is followed, and what stood in it when that began.
 *
 * @param name as given; {@code -} for standard input
 * @param file what had the name at the beginning; empty for a pipe, and when there was nothing
 */
public record FollowedLog(String name, GrowingInput input, Optional<LogFile> file)
        implements Closeable {
    /** Some hundred lines: they show what they are. */
    private static final int END = 64 << 10;

    /**
     * The last whole lines of what is there, and the place behind them: a line that is half written
     * belongs to what comes.
     */
    public static final class LastLines {
        private final byte[] lines;
        private final long behind;

        private LastLines(byte[] lines, long behind) {
            this.lines = lines;
            this.behind = behind;
        }

        /** Not to be changed. */
        public byte[] lines() {
            return lines;
        }

        /** Where they end. */
        public long behind() {
            return behind;
        }
    }

    /** Nothing at place 0 when there is no file. */
    public LastLines lastLines() throws IOException {
        Optional<LogFile> now = input instanceof GrowingLog log ? log.file() : file;
        return now.isEmpty() ? new LastLines(new byte[0], 0) : lastLines(now.get());
    }

    private static LastLines lastLines(LogFile log) throws IOException {
        long size = log.size();
        long start = Math.max(0, size - END);
        byte[] bytes = new byte[(int) (size - start)];
        int length = Math.max(0, log.read(start, bytes, 0, bytes.length));
        int to = newlineBefore(bytes, length) + 1;
        int from = start == 0 ? 0 : Math.min(to, newlineBehind(bytes, to) + 1);
        return new LastLines(Arrays.copyOfRange(bytes, from, to), to == 0 ? size : start + to);
    }

    /** Goes to where reading begins; only of a file. */
    public void seek(long position) throws IOException {
        if (input instanceof GrowingLog log && file.isPresent()) {
            log.seek(position);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static int newlineBefore(byte[] bytes, int length) {
        int i = length - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    private static int newlineBehind(byte[] bytes, int to) {
        int i = 0;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
