package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TimeSlots.Counter;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts slots of ten seconds together to as many as a screen or a page can show. */
final class TimelineSteps {
    private static final int MOST_SLOTS = 180;

    private static final List<Integer> SECONDS =
            List.of(10, 30, 60, 300, 900, 3_600, 3 * 3_600, 12 * 3_600, 24 * 3_600);

    private TimelineSteps() {}

    static Timeline of(SortedMap<Long, long[]> slots) {
        int step = step(slots);
        SortedMap<Long, long[]> sums = new TreeMap<>();
        slots.forEach(
                (second, counts) -> {
                    long[] sum =
                            sums.computeIfAbsent(
                                    Math.floorDiv(second, step) * step,
                                    s -> new long[counts.length]);
                    for (int i = 0; i < counts.length; i++) {
                        sum[i] += counts[i];
                    }
                });
        return new Timeline(
                Duration.ofSeconds(step),
                sums.entrySet().stream().map(e -> slot(e.getKey(), e.getValue())).toList());
    }

    private static int step(SortedMap<Long, long[]> slots) {
        if (slots.isEmpty()) {
            return SECONDS.getFirst();
        }
        long span = slots.lastKey() - slots.firstKey() + TimeSlots.SECONDS;
        return SECONDS.stream()
                .filter(s -> span / s <= MOST_SLOTS)
                .findFirst()
                .orElse(SECONDS.getLast());
    }

    private static Slot slot(long second, long[] counts) {
        return new Slot(
                Instant.ofEpochSecond(second),
                of(counts, Counter.REQUESTS),
                of(counts, Counter.FAILURES),
                of(counts, Counter.NGINX),
                of(counts, Counter.UPSTREAM),
                of(counts, Counter.HIDDEN));
    }

    @SuppressWarnings("EnumOrdinal")
    private static long of(long[] counts, Counter counter) {
        return counts[counter.ordinal()];
    }
}
