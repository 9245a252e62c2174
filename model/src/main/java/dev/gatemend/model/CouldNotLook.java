package dev.gatemend.model;

/**
 * An observer that could not see. It lowers confidence and is shown.
 *
 * @param source the observer's word, {@code journal}
 * @param why and what would help: {@code permission denied; run with sudo}
 */
public record CouldNotLook(String source, String why) implements Fact {}
