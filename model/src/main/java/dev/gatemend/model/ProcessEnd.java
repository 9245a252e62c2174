package dev.gatemend.model;

/**
 * A process that was there at the first look and not any more at the second, less than a second
 * later.
 *
 * @param pid of a {@link ProcessState} of the same snapshot
 */
public record ProcessEnd(int pid) implements Fact {}
