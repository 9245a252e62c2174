package dev.gatemend.nginx.log;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Names positions of a log as {@code path:line}, or {@code path (byte N)} where counting lines
 * costs too much.
 */
final class LineNumbers {
    private final LogBytes bytes;
    private final LogQuestion question;
    private final long size;
    private final Map<Long, Long> lines = new HashMap<>();

    LineNumbers(LogBytes bytes, LogQuestion question, long size) {
        this.bytes = bytes;
        this.question = question;
        this.size = size;
    }

    /** Counts the lines before each of the positions, in one pass over the file. */
    void count(long[] positions) throws IOException {
        if (size > ErrorLogScanner.MOST_COUNTED || positions.length == 0) {
            return;
        }
        long[] sorted = positions.clone();
        Arrays.sort(sorted);
        byte[] buffer = new byte[256 << 10];
        long at = 0;
        long line = 1;
        for (long position : sorted) {
            while (at < position) {
                int length =
                        bytes.read(at, buffer, 0, (int) Math.min(buffer.length, position - at));
                if (length < 1 || question.limits().stop().getAsBoolean()) {
                    return;
                }
                for (int i = 0; i < length; i++) {
                    line += buffer[i] == '\n' ? 1 : 0;
                }
                at += length;
            }
            lines.put(position, line);
        }
    }

    String where(long position) {
        Long line = lines.get(position);
        return question.log() + (line == null ? " (byte " + position + ")" : ":" + line);
    }
}
