package dev.gatemend.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which open incidents are due to be looked at. Not thread-safe. */
final class Looks {
    private final Map<String, Count> counts = new HashMap<>();

    /** Since it was opened or came back. */
    private record Count(Instant since, int looks) {}

    /** From now on it is looked at, at once for the first time. */
    void begin(String id, Instant now) {
        counts.put(id, new Count(now, 0));
    }

    /** Those that are due, of these that are open; others are forgotten. */
    List<String> due(List<Incident.Open> open, Instant now) {
        List<String> ids = open.stream().map(one -> one.story().id()).toList();
        counts.keySet().retainAll(ids);
        return ids.stream().filter(id -> isDue(id, now)).toList();
    }

    /** A look at these began. */
    void looked(List<String> ids) {
        ids.forEach(
                id -> counts.computeIfPresent(id, (_, c) -> new Count(c.since(), c.looks() + 1)));
    }

    private boolean isDue(String id, Instant now) {
        Count count = counts.get(id);
        return count != null && !now.isBefore(Rediagnosis.due(count.since(), count.looks()));
    }
}
