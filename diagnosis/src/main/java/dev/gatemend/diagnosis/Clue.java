package dev.gatemend.diagnosis;

/**
 * Something in a given text that speaks for a cause. Nobody vouches for the text, so a clue is a
 * hint; it counts as much as such words, written by people in trouble, have turned out to mean.
 *
 * @param cause its id
 */
record Clue(String cause, Strength strength, Sighting sighting) {}
