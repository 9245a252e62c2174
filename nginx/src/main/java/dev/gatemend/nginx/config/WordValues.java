package dev.gatemend.nginx.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the bytes of a word into its value. Short words repeat endlessly in a configuration, so a
 * small table hands out the same string again.
 */
final class WordValues {
    private static final int SLOTS = 4096;
    private static final int LONGEST_SHARED = 40;

    private final byte[] source;
    private final String[] shared = new String[SLOTS];
    private final int[] sharedStart = new int[SLOTS];

    WordValues(byte[] source) {
        this.source = source;
        Arrays.fill(shared, "");
    }

    /**
     * The value of the bytes from {@code start} up to {@code end}.
     *
     * @param escaped they hold a backslash
     */
    String of(int start, int end, boolean escaped) {
        if (escaped) {
            return unescaped(start, end);
        }
        int length = end - start;
        if (length > LONGEST_SHARED) {
            return new String(source, start, length, StandardCharsets.UTF_8);
        }
        int slot = slot(start, end);
        int known = sharedStart[slot];
        if (!shared[slot].isEmpty()
                && Arrays.equals(
                        source, start, end, source, known, known + shared[slot].length())) {
            return shared[slot];
        }
        String value = new String(source, start, length, StandardCharsets.UTF_8);
        if (value.length() == length) { // one character a byte, so the length above is right
            shared[slot] = value;
            sharedStart[slot] = start;
        }
        return value;
    }

    private int slot(int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + source[i];
        }
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }

    /** As nginx: a backslash hides a quote or itself; t, r and n are control characters. */
    private String unescaped(int start, int end) {
        byte[] value = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = source[i];
            if (b == '\\' && i + 1 < end) {
                byte meant = meaning(source[i + 1]);
                if (meant != 0) {
                    b = meant;
                    i++;
                }
            }
            value[length++] = b;
        }
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }

    private static byte meaning(byte b) {
        return switch (b) {
            case '"', '\'', '\\' -> b;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> 0;
        };
    }
}
