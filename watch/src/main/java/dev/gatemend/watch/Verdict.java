package dev.gatemend.watch;

import java.util.Optional;

/**
 * What a diagnosis made of an incident.
 *
 * @param cause id in the catalogue; empty when {@code unknown} weighs most
 * @param probability of the cause, 0 to 1; 0 without one
 * @param title in one line
 * @param provisional a longer look could still change it
 */
public record Verdict(
        Optional<String> cause,
        double probability,
        String title,
        Optional<String> site,
        Optional<String> peer,
        boolean provisional) {
    /** A change of less is noise between two looks. */
    private static final double NOTABLE = 0.1;

    private static final String NOT_KNOWN = "the cause is not known yet";

    public Verdict {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "a probability lies between 0 and 1: " + probability);
        }
    }

    /** Nothing that fits was found. */
    static Verdict unknown(Story story) {
        return new Verdict(Optional.empty(), 0, NOT_KNOWN, story.site(), story.peer(), true);
    }

    /** What it is called while no cause outweighs what is not known. */
    static String withoutCause() {
        return NOT_KNOWN;
    }

    /** Whether somebody who heard the other one would want to hear this. */
    boolean differsFrom(Verdict other) {
        return !cause.equals(other.cause)
                || !site.equals(other.site)
                || !peer.equals(other.peer)
                || Math.abs(probability - other.probability) >= NOTABLE;
    }
}
