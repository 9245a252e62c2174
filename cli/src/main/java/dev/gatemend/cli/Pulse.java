package dev.gatemend.cli;

import java.time.Instant;

/** Time, as something that goes on until it is ended sees it. */
interface Pulse {
    Instant now();

    /** Waits a moment before the next look. */
    void rest() throws InterruptedException;

    /** Somebody asked for the end. */
    boolean isOver();
}
