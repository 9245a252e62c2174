package dev.gatemend.host;

import java.util.Optional;

/**
 * The part of {@code /proc/PID/stat} that matters (proc(5)).
 *
 * @param name of the program, at most 15 characters
 * @param state the kernel's letter
 * @param startTicks start after boot, in hundredths of a second
 */
record ProcessStat(String name, char state, int parent, int threads, long startTicks) {
    /** The name stands in parentheses and may hold anything, parentheses and blanks too. */
    static Optional<ProcessStat> parse(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = text.substring(close + 1).strip().split(" ", -1);
        if (fields.length < 20 || fields[0].length() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ProcessStat(
                            text.substring(open + 1, close),
                            fields[0].charAt(0),
                            Integer.parseInt(fields[1]),
                            Integer.parseInt(fields[17]),
                            Long.parseLong(fields[19])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
