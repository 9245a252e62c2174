package dev.gatemend.nginx.log;

/** One value of a {@code log_format} and the literal behind it. */
final class AccessStep {
    /** How the end of a value is found. */
    enum End {
        /** At a known distance. */
        WIDTH,
        /** At the next quote, which is escaped within values. */
        QUOTE,
        /** At the literal behind it, not counting separators between attempts. */
        LIST,
        /** At the first place of the literal behind it. */
        LITERAL,
        /** At the end of the line, less the literal behind it. */
        LINE
    }

    /** Index of the variable, -1 when it is stepped over. */
    final int slot;

    final End end;
    final int width;
    final byte[] literal;
    final boolean timeFollows;

    /** First byte of the literal. */
    final byte first;

    /** The first place of the literal ends the value, unless a backslash is before it. */
    final boolean quick;

    AccessStep(int slot, End end, int width, byte[] literal, boolean timeFollows) {
        this.slot = slot;
        this.end = end;
        this.width = width;
        this.literal = literal;
        this.timeFollows = timeFollows;
        this.first = literal.length == 0 ? 0 : literal[0];
        this.quick = literal.length > 0 && !timeFollows && (end == End.QUOTE || end == End.LITERAL);
    }
}
