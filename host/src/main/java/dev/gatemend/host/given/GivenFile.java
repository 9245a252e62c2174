package dev.gatemend.host.given;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text that was handed over.
 *
 * @param name as evidence names it: {@code stdin}, {@code error.log}
 * @param text decoded, whatever its bytes were
 * @param whole false when it is only the end of something longer
 */
public record GivenFile(String name, String text, boolean whole) {
    /** One that nothing is missing of. */
    public GivenFile(String name, String text) {
        this(name, text, true);
    }

    /** Longer lines than nginx writes (2,048 bytes) say no more. */
    static final int LONGEST_LINE = 4_096;

    /** Of the context behind a message, see {@link dev.gatemend.nginx.log.ErrorLogGrammar}. */
    private static final Pattern FIELD =
            Pattern.compile("\\s*(?:client|server|request|subrequest|upstream|host|referrer): ");

    /** Its lines, without the newlines, freed of what a page, a mail or a chat put around them. */
    List<String> lines() {
        return joined(text.lines().map(GivenFile::cut).map(Mending::unquoted).toList()).stream()
                .map(Mending::of)
                .toList();
    }

    /** Entries that were wrapped between their fields, each in its first line. */
    private static List<String> joined(List<String> lines) {
        List<String> joined = new ArrayList<>(lines);
        int first = 0;
        for (int i = 1; i < joined.size(); i++) {
            String before = joined.get(first);
            boolean wrapped = before.endsWith(",") && FIELD.matcher(joined.get(i)).lookingAt();
            if (wrapped && before.length() < LONGEST_LINE) {
                joined.set(first, before + " " + joined.get(i).strip());
                joined.set(i, "");
            } else {
                first = i;
            }
        }
        return joined;
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
    }
}
