package dev.gatemend.model;

import java.time.Duration;
import java.time.Instant;

/** The stretch of time a question is about; both ends belong to it. */
public record Window(Instant from, Instant to) {
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends after it begins: " + from + " " + to);
        }
    }

    public static Window endingAt(Instant to, Duration length) {
        return new Window(to.minus(length), to);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }
}
