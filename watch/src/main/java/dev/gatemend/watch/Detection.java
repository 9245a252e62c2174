package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides when a place is really in trouble and when it is well again, from requests that failed
 * and requests that were answered. Knows no clock: it is told the time. Bounded; not thread-safe.
 */
public final class Detection {
    /** More are not told apart; those that nothing is known of make room. */
    private static final int MOST_PLACES = 5_000;

    /** A place that nobody asks for is well again after this, if a look found it so. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final Thresholds thresholds;
    private final Map<Place, PlaceTraffic> places = new LinkedHashMap<>();

    public Detection(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** Takes up a trouble that was open when the program ended. */
    public void resume(Place place, Trouble trouble, Instant first, Instant now) {
        traffic(place, now).ifPresent(traffic -> traffic.resume(trouble, first, now));
    }

    /** Takes a request that went wrong. */
    public void failed(Failure failure, Instant now) {
        traffic(failure.place(), now).ifPresent(traffic -> traffic.failed(failure, now));
    }

    /**
     * Takes a request that was answered.
     *
     * @param place that answered it; empty where its log does not tell
     */
    public void answered(
            Optional<Place> place, Optional<String> client, String path, String log, Instant now) {
        if (place.isPresent()) {
            traffic(place.get(), now).ifPresent(traffic -> traffic.answered(client, path, now));
            return;
        }
        for (PlaceTraffic traffic : places.values()) {
            if (traffic.isToldBy(log)) {
                traffic.maybeAnswered(client, path, now);
            }
        }
    }

    /** What has become of the places; each change is told once. */
    public List<Change> changes(Instant now) {
        List<Change> changes = new ArrayList<>();
        places.forEach(
                (place, traffic) -> {
                    traffic.alarm(place, now).ifPresent(changes::add);
                    traffic.allClear(place, now).ifPresent(changes::add);
                });
        return changes;
    }

    /**
     * A look found nothing wrong at a place. That alone proves little while requests still fail; it
     * ends a trouble that nobody has met for long.
     */
    public Optional<Change> foundWell(Place place, Instant now) {
        return Optional.ofNullable(places.get(place))
                .filter(traffic -> traffic.open().isPresent())
                .filter(traffic -> traffic.quietFor(now).compareTo(SILENCE) >= 0)
                .map(
                        traffic ->
                                traffic.close(
                                        place,
                                        "no failure for %d min, and a look found nothing wrong"
                                                .formatted(traffic.quietFor(now).toMinutes())));
    }

    /** Empty when there is no room. */
    private Optional<PlaceTraffic> traffic(Place place, Instant now) {
        PlaceTraffic known = places.get(place);
        if (known != null) {
            return Optional.of(known);
        }
        if (places.size() >= MOST_PLACES) {
            places.values().removeIf(traffic -> traffic.isIdle(now));
        }
        if (places.size() >= MOST_PLACES) {
            return Optional.empty();
        }
        PlaceTraffic fresh = new PlaceTraffic(thresholds);
        places.put(place, fresh);
        return Optional.of(fresh);
    }
}
