package dev.gatemend.watch;

import java.time.Instant;

/** Time, as the daemon sees it until it is ended. */
public interface Beat {
    Instant now();

    /** Waits a moment, 100 to 200 ms, before the next round. */
    void rest() throws InterruptedException;

    /** Somebody asked for the end. */
    boolean isOver();
}
