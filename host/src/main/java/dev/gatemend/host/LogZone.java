package dev.gatemend.host;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The zone of an error log's times, which carry none, of an nginx that was started with a TZ of its
 * own, in whatever of TZ's many spellings (tzset(3)). Each write sets the file's time, so that the
 * newest line and the file are of one age; when they differ by whole quarters of an hour, the zones
 * do.
 */
final class LogZone {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** A line counts whole seconds, and its write may wait for a busy disk. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private static final int WIDEST_SECONDS = 18 * 3600;

    private LogZone() {}

    /**
     * The zone that fits better than the assumed one; empty when that fits.
     *
     * @param last time of the newest line, read in the assumed zone
     * @param modified of the file
     */
    static Optional<ZoneId> of(ZoneId assumed, Optional<Instant> last, Optional<Instant> modified) {
        if (last.isEmpty() || modified.isEmpty()) {
            return Optional.empty();
        }
        Duration ahead = Duration.between(modified.get(), last.get());
        long quarters = Math.round((double) ahead.toSeconds() / QUARTER.toSeconds());
        Duration rest = ahead.minus(QUARTER.multipliedBy(quarters)).abs();
        long offset =
                assumed.getRules().getOffset(modified.get()).getTotalSeconds()
                        + quarters * QUARTER.toSeconds();
        boolean fits = quarters != 0 && rest.compareTo(TOLERANCE) <= 0;
        return fits && Math.abs(offset) <= WIDEST_SECONDS
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) offset))
                : Optional.empty();
    }
}
