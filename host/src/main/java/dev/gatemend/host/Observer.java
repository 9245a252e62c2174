package dev.gatemend.host;

import java.io.IOException;
import java.time.Duration;

/**
 * One source of facts. An observer reads; it writes, creates, starts and signals nothing (docs:
 * looking never touches).
 */
public interface Observer {
    /**
     * The word that stands before its facts on screen and in {@code couldNotLook}: {@code sockets},
     * {@code journal}.
     */
    String name();

    /** How long it may take before it is interrupted and reported as one that could not look. */
    default Duration limit() {
        return Duration.ofSeconds(3);
    }

    /**
     * Looks, and hands each fact to {@code look}. What it handed over before a failure or the limit
     * stays.
     *
     * @throws IOException when its source could not be read at all; the message is shown to the
     *     operator
     * @throws InterruptedException when the limit passed
     */
    void look(Look look) throws IOException, InterruptedException;
}
