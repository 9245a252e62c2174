package dev.gatemend.nginx.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The beginning of an error-log entry, {@code 2026/11/21 08:04:45 [error] 3651#3651: *1 }, written
 * by nginx alone: no client text can precede it in a line. Each part may be absent: copies on
 * stderr have {@code nginx: [emerg] } and pasted lines have lost their beginning.
 *
 * @param end index behind the head, where the message begins
 */
record ErrorHead(
        Optional<LocalDateTime> time,
        Optional<String> level,
        OptionalInt pid,
        OptionalLong connection,
        boolean stderr,
        int end) {
    static final int TIME_LENGTH = "2026/11/21 08:04:45".length();
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");
    private static final String STDERR = "nginx: ";

    /** True for {@code YYYY/MM/DD HH:MM:SS} at the beginning, whatever follows. */
    static boolean startsWithTime(String text) {
        return text.length() >= TIME_LENGTH
                && text.charAt(4) == '/'
                && text.charAt(7) == '/'
                && text.charAt(10) == ' '
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && digits(text, 0, 4)
                && digits(text, 5, 7)
                && digits(text, 8, 10)
                && digits(text, 11, 13)
                && digits(text, 14, 16)
                && digits(text, 17, 19);
    }

    /** True for a time followed by a level: the line begins an entry. */
    static boolean startsEntry(String text) {
        return startsWithTime(text) && text.startsWith(" [", TIME_LENGTH);
    }

    static ErrorHead of(String text) {
        Cursor cursor = new Cursor(text);
        Optional<LocalDateTime> time = cursor.time();
        boolean stderr = time.isEmpty() && cursor.skip(STDERR);
        Optional<String> level = cursor.level();
        OptionalInt pid = cursor.pid();
        OptionalLong connection = cursor.connection();
        return new ErrorHead(time, level, pid, connection, stderr, cursor.at);
    }

    /** True when nginx's own beginning is there, in whichever part. */
    boolean present() {
        return time.isPresent() || level.isPresent() || pid.isPresent() || stderr;
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        boolean skip(String expected) {
            boolean there = text.startsWith(expected, at);
            at += there ? expected.length() : 0;
            return there;
        }

        Optional<LocalDateTime> time() {
            if (!startsWithTime(text)) {
                return Optional.empty();
            }
            at = TIME_LENGTH;
            skip(" ");
            try {
                return Optional.of(
                        LocalDateTime.of(
                                number(0, 4),
                                number(5, 7),
                                number(8, 10),
                                number(11, 13),
                                number(14, 16),
                                number(17, 19)));
            } catch (DateTimeException e) {
                // 2026/13/45: somebody's text, not a time; the entry goes without
                return Optional.empty();
            }
        }

        private int number(int from, int to) {
            return Integer.parseInt(text, from, to, 10);
        }

        Optional<String> level() {
            if (at >= text.length() || text.charAt(at) != '[') {
                return Optional.empty();
            }
            for (String level : LEVELS) {
                if (text.startsWith(level, at + 1)
                        && text.startsWith("]", at + 1 + level.length())) {
                    at += level.length() + 2;
                    skip(" ");
                    return Optional.of(level);
                }
            }
            return Optional.empty();
        }

        /** {@code 3651#3651: }; both numbers fit 32 bits, the kernel's limit is 2^22. */
        OptionalInt pid() {
            int hash = digitsEnd(at);
            int end = hash > at && text.startsWith("#", hash) ? digitsEnd(hash + 1) : -1;
            if (end <= hash + 1 || hash - at > 9 || !text.startsWith(": ", end)) {
                return OptionalInt.empty();
            }
            OptionalInt pid = OptionalInt.of(number(at, hash));
            at = end + 2;
            return pid;
        }

        OptionalLong connection() {
            int end = at < text.length() && text.charAt(at) == '*' ? digitsEnd(at + 1) : -1;
            if (end <= at + 1 || end - at > 19 || !text.startsWith(" ", end)) {
                return OptionalLong.empty();
            }
            OptionalLong serial = OptionalLong.of(Long.parseLong(text, at + 1, end, 10));
            at = end + 1;
            return serial;
        }

        private int digitsEnd(int from) {
            int i = from;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                i++;
            }
            return i;
        }
    }
}
