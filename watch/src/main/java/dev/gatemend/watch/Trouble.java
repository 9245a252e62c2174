package dev.gatemend.watch;

import java.util.Locale;

/** What kind of matter an incident is. */
public enum Trouble {
    /** Attempts fail, and nginx asks another peer: users see nothing of it. */
    HIDDEN,
    /** Users get errors. */
    FAILING,
    /** No master serves this configuration. */
    NOT_RUNNING;

    /** As in JSON: {@code not-running}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of that word. */
    static Trouble of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
