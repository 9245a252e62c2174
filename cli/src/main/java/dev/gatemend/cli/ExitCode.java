package dev.gatemend.cli;

/** What a command's end tells a script; the numbers are part of the public contract. */
final class ExitCode {
    /** Nothing is wrong. */
    static final int FINE = 0;

    /** Trouble was found. */
    static final int TROUBLE = 1;

    /** A mistake in the command line, or input that cannot be read. */
    static final int USAGE = 2;

    /** Trouble was found, but its cause is unknown. */
    static final int UNKNOWN_CAUSE = 3;

    /** Tried and failed. */
    static final int FAILED = 5;

    /** Stopped by a signal from the keyboard. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
