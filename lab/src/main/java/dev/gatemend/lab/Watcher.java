package dev.gatemend.lab;

/** Who looks after the units of a host while something breaks there. */
public enum Watcher {
    /** The units as they are, with the Restart= they have themselves. */
    NOBODY("nobody"),
    /** systemd with {@code Restart=always} in each unit that is concerned, and nothing else. */
    RESTART_ALWAYS("Restart=always"),
    /** Debian's Monit with a cycle of two seconds and a check for each unit. */
    MONIT("Monit");

    private final String title;

    Watcher(String title) {
        this.title = title;
    }

    /** As people call it. */
    @Override
    public String toString() {
        return title;
    }
}
