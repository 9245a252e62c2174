package dev.gatemend.model;

import java.util.List;

/**
 * What to do about a cause.
 *
 * @param now true for what ends the trouble, false for what keeps it from coming back
 */
public record Remedy(String title, boolean now, Risk risk, List<Step> steps) {
    public Remedy {
        steps = List.copyOf(steps);
    }

    /** What may go wrong when it is done. */
    public enum Risk {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * A command to copy, or the empty string where only words serve (an edit).
     *
     * @param command quoted for a POSIX shell, whatever names it holds
     */
    public record Step(String command, String explanation) {}
}
