package dev.gatemend.model;

import java.util.Locale;

/**
 * External text made safe for a terminal and for one line. What a log line or a unit name holds may
 * have been chosen by an attacker: an escape sequence could repaint the operator's screen, a
 * newline could forge a finding.
 */
public final class Printable {
    private Printable() {}

    /**
     * The same text with everything that is not plainly visible written as an escape: {@code \n},
     * {@code \x1b}, {@code \\u202e}. Text without any is returned as it is.
     */
    public static String oneLine(String text) {
        if (text.codePoints().allMatch(Printable::visible)) {
            return text;
        }
        StringBuilder builder = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(builder, c));
        return builder.toString();
    }

    /**
     * Controls (C0, DEL, C1), line separators, lone surrogates and what changes the direction or
     * the visibility of its neighbours are not.
     */
    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    private static void append(StringBuilder builder, int codePoint) {
        if (visible(codePoint)) {
            builder.appendCodePoint(codePoint);
            return;
        }
        builder.append(
                switch (codePoint) {
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default ->
                            String.format(
                                    Locale.ROOT,
                                    codePoint < 0x100 ? "\\x%02x" : "\\u%04x",
                                    codePoint);
                });
    }
}
