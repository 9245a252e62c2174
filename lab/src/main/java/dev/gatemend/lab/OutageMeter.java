package dev.gatemend.lab;

import java.time.Duration;
import java.util.Optional;

/** Measures an outage by one request after the other. Pure: it is told the times. */
final class OutageMeter {
    /** Successes of that long are steady: more than two cycles of whoever might still interfere. */
    static final Duration STEADY = Duration.ofSeconds(5);

    private final Duration bound;
    private Optional<Duration> firstFailure = Optional.empty();
    private Optional<Duration> wellSince = Optional.empty();
    private Optional<Duration> broken = Optional.empty();
    private int asked;
    private int failed;

    /**
     * Begins before anything is broken.
     *
     * @param bound after which an outage is followed no longer
     */
    OutageMeter(Duration bound) {
        this.bound = bound;
    }

    /**
     * A request was answered, or was not.
     *
     * @param at when it was sent
     * @param well it got what it gets when all is well
     */
    void saw(Duration at, boolean well) {
        if (well) {
            wellSince = wellSince.or(() -> Optional.of(at));
        } else {
            firstFailure = firstFailure.or(() -> Optional.of(at));
            wellSince = Optional.empty();
            failed++;
        }
        asked += firstFailure.isPresent() ? 1 : 0;
    }

    /** What breaks is broken now; before, it cannot be over. */
    void isBroken(Duration at) {
        broken = Optional.of(at);
    }

    /** There is nothing more to see: it is well steadily, or the bound has passed. */
    boolean isOver(Duration now) {
        return broken.isPresent() && (isSteady(now) || hasLasted(now));
    }

    private boolean isSteady(Duration now) {
        return wellSince
                .map(since -> broken.filter(b -> b.compareTo(since) > 0).orElse(since))
                .filter(since -> now.minus(since).compareTo(STEADY) >= 0)
                .isPresent();
    }

    private boolean hasLasted(Duration now) {
        return firstFailure.filter(first -> now.minus(first).compareTo(bound) >= 0).isPresent();
    }

    /** The outage as it was seen up to now. */
    Outage outage(Duration now) {
        if (firstFailure.isEmpty()) {
            return Outage.NONE;
        }
        if (isSteady(now)) {
            Duration end = wellSince.orElseThrow();
            return new Outage(end.minus(firstFailure.get()), true, asked, failed);
        }
        Duration seen = now.minus(firstFailure.get());
        return new Outage(seen.compareTo(bound) > 0 ? bound : seen, false, asked, failed);
    }
}
