package dev.gatemend.model;

import java.util.List;

/**
 * Text that somebody handed over to be judged in place of a host: pasted, copied, half of it prose.
 * What is in it of logs and tables became facts of its own; here it stands as it was given. Its
 * words are hints: nobody vouches for them.
 *
 * @param name of the file, or {@code stdin}
 * @param zoned whether the zone of its times is known; else they are good for order and distance
 *     alone
 * @param lines those that are not blank, in order
 */
public record GivenText(String name, boolean zoned, List<Line> lines) implements Fact {
    public GivenText {
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param number counted from 1
     * @param kind what it was taken for
     * @param text as given, without what mail and chat put around it, cut at 2,048 characters
     */
    public record Line(int number, Kind kind, String text) {}

    /** What a line may be. */
    public enum Kind {
        /** An entry of nginx's error log, or a part of one. */
        ERROR_LOG,
        /** A request in nginx's access log. */
        ACCESS_LOG,
        /** Of nginx's configuration. */
        CONFIGURATION,
        /** A line of another program's log. */
        LOG,
        /** What a command printed. */
        OUTPUT,
        /** Somebody's words, code, settings of other programs: whatever is none of the others. */
        PROSE
    }

    /** {@code stdin:17}, as evidence names it. */
    public String where(Line line) {
        return name + ":" + line.number();
    }
}
