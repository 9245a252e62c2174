package dev.gatemend.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * A line in which an application says something about itself.
 *
 * @param words what it is about
 * @param from it was written no earlier; empty when unknown
 * @param until it was written no later; equal to {@code from} where the line carries a time
 * @param text as written
 * @param sighting the line quoted, for the evidence column
 */
public record Testimony(
        Words words,
        Optional<Instant> from,
        Optional<Instant> until,
        String text,
        Sighting sighting) {
    /** Logs count whole seconds. */
    private static final int TICK_SECONDS = 1;

    public boolean is(Words one) {
        return words == one;
    }

    /** Surely written before that. */
    public boolean before(Instant instant) {
        return until.filter(u -> u.isBefore(instant.minusSeconds(TICK_SECONDS))).isPresent();
    }

    /** Surely written after that. */
    public boolean after(Instant instant) {
        return from.filter(f -> f.isAfter(instant.plusSeconds(TICK_SECONDS))).isPresent();
    }

    /** Surely written within that stretch, give or take a second. */
    public boolean within(Instant first, Instant last) {
        return from.filter(f -> !f.isBefore(first.minusSeconds(TICK_SECONDS))).isPresent()
                && until.filter(u -> !u.isAfter(last.plusSeconds(TICK_SECONDS))).isPresent();
    }

    /** Perhaps written within that stretch: it is not known to lie outside of it. */
    public boolean mayBeWithin(Instant first, Instant last) {
        return !before(first) && !after(last);
    }
}
