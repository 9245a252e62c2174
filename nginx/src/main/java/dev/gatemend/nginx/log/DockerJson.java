package dev.gatemend.nginx.log;

/**
 * A line of Docker's json-file log, {@code {"log":"...\n","stream":"stderr","time":"..."}}. The
 * runtime writes the keys in this order and escapes every quote of the text, so the value ends at
 * the first quote without a backslash; no JSON parser is needed to find it.
 */
final class DockerJson {
    private static final String START = "{\"log\":\"";

    private DockerJson() {}

    static boolean isOne(String line) {
        return line.startsWith(START);
    }

    /** The value of {@code log} with its escapes undone and its last newline gone. */
    static String text(String line) {
        StringBuilder text = new StringBuilder(line.length());
        int end = EscapedValue.decodeJson(line, START.length(), text);
        if (end > START.length() && !text.isEmpty() && text.charAt(text.length() - 1) == '\n') {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }
}
