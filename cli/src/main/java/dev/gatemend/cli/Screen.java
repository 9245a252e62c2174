package dev.gatemend.cli;

import java.io.PrintStream;

/**
 * Where a command writes: results to {@code out}, progress and complaints to {@code err}.
 *
 * @param colour a person reads along and did not ask for plain text
 * @param debug tell where the time went
 * @param columns width of the terminal; text is wrapped to it, to 80 when there is none
 */
public record Screen(PrintStream out, PrintStream err, boolean colour, boolean debug, int columns) {
    static final int DEFAULT_COLUMNS = 80;

    /** Narrower ones report nonsense (0), wider lines are hard to read. */
    private static final int NARROWEST = 40;

    private static final int WIDEST = 110;

    public Screen {
        columns = columns < NARROWEST ? DEFAULT_COLUMNS : Math.min(columns, WIDEST);
    }

    /** The same as the words of a command line want it. */
    Screen with(boolean plain, boolean telling) {
        return new Screen(out, err, colour && !plain, debug || telling, columns);
    }
}
