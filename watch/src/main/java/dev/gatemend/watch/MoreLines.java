package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Log lines of incidents that go on, handed over a few at a time. */
final class MoreLines {
    private static final int MOST = 200;
    private static final int MOST_PLACES = 1_000;
    private static final Duration PACE = Duration.ofSeconds(5);

    private final Map<Place, List<String>> waiting = new HashMap<>();
    private Instant handedOver = Instant.MIN;

    void add(Place place, String line) {
        if (waiting.size() >= MOST_PLACES && !waiting.containsKey(place)) {
            return;
        }
        List<String> lines = waiting.computeIfAbsent(place, _ -> new ArrayList<>());
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    /** They were handed over otherwise. */
    void forget(Place place) {
        waiting.remove(place);
    }

    List<Incidents.Step> due(List<Incident.Open> open, Instant now) {
        if (handedOver.isAfter(now.minus(PACE))) {
            return List.of();
        }
        handedOver = now;
        List<Incidents.Step> steps = new ArrayList<>();
        for (Incident.Open one : open) {
            List<String> lines = waiting.getOrDefault(one.story().place(), List.of());
            if (!lines.isEmpty()) {
                steps.add(new Incidents.Step(one, List.of(), lines));
            }
        }
        waiting.clear();
        return steps;
    }
}
