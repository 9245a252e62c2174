package dev.gatemend.watch;

import java.time.Duration;
import java.util.Locale;

/** How bad an incident is, by what users see of it, how many sites it reaches, and for how long. */
public enum Severity {
    /** Hidden by retries, or one client's or one URI's alone. */
    LOW,
    /** Less than half of the requests fail. */
    MEDIUM,
    /** Half of the requests or more fail. */
    HIGH,
    /** Nothing is answered: everywhere, of several sites, or for long. */
    CRITICAL;

    private static final double MOST_REQUESTS = 0.5;

    /** Longer than a restart of a slow application takes. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /**
     * @param alone one client's or one URI's
     * @param share of requests that fail, 0 to 1
     * @param sites how many it fails for
     * @param lasting since the first failure
     */
    static Severity of(Trouble trouble, boolean alone, double share, int sites, Duration lasting) {
        if (trouble == Trouble.NOT_RUNNING) {
            return CRITICAL;
        }
        if (trouble == Trouble.HIDDEN || alone) {
            return LOW;
        }
        if (share < MOST_REQUESTS) {
            return MEDIUM;
        }
        boolean wide = sites > 1 || lasting.compareTo(LONG) >= 0;
        return share >= 1 && wide ? CRITICAL : HIGH;
    }

    /** As in JSON: {@code high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that word. */
    static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
