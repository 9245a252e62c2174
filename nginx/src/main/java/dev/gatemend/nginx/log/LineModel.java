package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes one access line for a model: writes the log_format that it may have come from, with a
 * variable for each value whose meaning shows, by its name in the line or by its shape, and one
 * without meaning for each that does not. Not thread-safe.
 */
final class LineModel {
    private static final int LONGEST = 4_096;

    private final String line;
    private final StringBuilder format = new StringBuilder();
    private final Set<String> used = new HashSet<>();
    private int at;
    private int unknown;

    private LineModel(String line) {
        this.line = line;
    }

    /** Empty for a line that no log_format writes, one with a dollar outside of its values. */
    static Optional<LogFormat> of(String line) {
        if (line.length() > LONGEST || line.isBlank()) {
            return Optional.empty();
        }
        LineModel model = new LineModel(line);
        boolean json = line.startsWith("{") && line.endsWith("}");
        boolean whole = json ? model.json() : model.words();
        return whole
                ? Optional.of(
                        new LogFormat(
                                json ? "json" : "found in the lines",
                                model.format.toString(),
                                json ? LogFormat.Escape.JSON : LogFormat.Escape.DEFAULT))
                : Optional.empty();
    }

    private boolean words() {
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '$') {
                return false;
            }
            String key = key();
            if (!key.isEmpty()) {
                literal(key.length() + 1);
            }
            if (at >= line.length() || line.charAt(at) == ' ' || line.charAt(at) == ',') {
                literal(Math.min(1, line.length() - at));
            } else if (line.charAt(at) == '"') {
                if (!enclosed(key, '"')) {
                    return false;
                }
            } else if (line.charAt(at) == '[') {
                if (!enclosed(key, ']')) {
                    return false;
                }
            } else {
                value(key, wordEnd());
            }
        }
        return true;
    }

    /** {@code rt=}, {@code "host": } and the like before a value; empty when there is none. */
    private String key() {
        int i = at;
        while (i < line.length()
                && (Character.isLetterOrDigit(line.charAt(i)) || line.charAt(i) == '_')) {
            i++;
        }
        boolean named =
                i > at
                        && i < line.length()
                        && line.charAt(i) == '='
                        && Character.isLetter(line.charAt(at));
        return named ? line.substring(at, i) : "";
    }

    private boolean enclosed(String key, char close) {
        int end = line.indexOf(close, at + 1);
        if (end < 0) {
            return false;
        }
        literal(1);
        value(key, end);
        literal(1);
        return true;
    }

    /** The end of a bare word; a list of attempts goes on behind {@code ", "} and {@code " : "}. */
    private int wordEnd() {
        int end = blank(at);
        while (end < line.length()) {
            boolean attempt = line.charAt(end - 1) == ',';
            boolean pass = line.startsWith(" : ", end);
            if (!attempt && !pass) {
                break;
            }
            end = blank(end + (pass ? 3 : 1));
        }
        return end - (line.charAt(end - 1) == ',' ? 1 : 0);
    }

    private int blank(int from) {
        int end = line.indexOf(' ', from);
        return end < 0 ? line.length() : end;
    }

    private boolean json() {
        while (at < line.length()) {
            int colon = line.indexOf("\":", at);
            if (colon < 0) {
                literal(line.length() - at);
                return format.indexOf("$") >= 0;
            }
            String key = line.substring(line.lastIndexOf('"', colon - 1) + 1, colon);
            int from = colon + 2;
            while (from < line.length() && line.charAt(from) == ' ') {
                from++;
            }
            boolean quoted = from < line.length() && line.charAt(from) == '"';
            int start = quoted ? from + 1 : from;
            int end = quoted ? quoteEnd(start) : numberEnd(start);
            if (end < 0 || line.substring(at, start).indexOf('$') >= 0) {
                return false;
            }
            literal(start - at);
            if (end > start || quoted) {
                value(key, end);
            }
        }
        return true;
    }

    private int quoteEnd(int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return end < line.length() ? end : -1;
    }

    /** Behind a number, true, false or null; at once for a list or an object. */
    private int numberEnd(int from) {
        int end = from;
        while (end < line.length() && ",}]{[".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void literal(int length) {
        format.append(line, at, at + length);
        at += length;
    }

    private void value(String key, int end) {
        String text = line.substring(at, end);
        Optional<String> name = VariableGuess.of(key, text, used);
        if (name.filter("-"::equals).isPresent()) {
            format.append(text);
        } else {
            name.ifPresent(used::add);
            format.append("${").append(name.orElseGet(() -> "unknown_" + unknown++)).append('}');
        }
        at = end;
    }
}
