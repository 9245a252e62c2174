package dev.gatemend.diagnosis;

/**
 * Something in a given text that speaks for a cause. Nobody vouches for the text, so a clue is a
 * hint; it counts as much as such words, written by people in trouble, have turned out to mean.
 *
 * @param cause its id
 * @param against it speaks against the cause; heard only where something else speaks for it
 */
record Clue(String cause, Strength strength, Sighting sighting, boolean against) {
    /** One that speaks for a cause. */
    Clue(String cause, Strength strength, Sighting sighting) {
        this(cause, strength, sighting, false);
    }

    static Clue against(String cause, Strength strength, Sighting sighting) {
        return new Clue(cause, strength, sighting, true);
    }
}
