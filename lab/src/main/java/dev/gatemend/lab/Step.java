package dev.gatemend.lab;

import java.io.IOException;

/** A part of a scenario: sets something up, breaks it, sends traffic, or undoes the break. */
@FunctionalInterface
public interface Step {
    /** Does nothing. */
    Step NONE = _ -> {};

    /**
     * @throws IOException when the bench could not do it; the scenario is then reported as not
     *     made, never as diagnosed
     */
    void run(Bench bench) throws IOException, InterruptedException;
}
