package dev.gatemend.nginx.traffic;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts over time in slots of ten seconds, kept by the hour. Not thread-safe. */
final class TimeSlots {
    /** Width of a slot. */
    static final int SECONDS = 10;

    /** Half a year of hours with traffic; lines of more hours are counted without their time. */
    private static final int MOST_HOURS = 4_400;

    private static final int HOUR = 3_600;
    private static final int SLOTS = HOUR / SECONDS;

    /** What is counted. */
    enum Counter {
        REQUESTS,
        FAILURES,
        NGINX,
        UPSTREAM,
        HIDDEN
    }

    private static final int COUNTERS = Counter.values().length;

    private final Map<Long, int[]> hours = new HashMap<>();
    private long currentHour = Long.MIN_VALUE;
    private int[] current = new int[0];
    private long untimed;

    /**
     * Counts one at a moment; without a time, {@link Long#MIN_VALUE}, and beyond the bound apart.
     */
    @SuppressWarnings("EnumOrdinal")
    void count(long millis, Counter counter) {
        long second = Math.floorDiv(millis, 1_000);
        long hour = Math.floorDiv(second, HOUR);
        if (hour != currentHour && !moveTo(hour, millis)) {
            untimed++;
            return;
        }
        int slot = (int) (second - hour * HOUR) / SECONDS;
        current[slot * COUNTERS + counter.ordinal()]++;
    }

    /** Counts that have no place in time. */
    long untimed() {
        return untimed;
    }

    void add(TimeSlots other) {
        untimed += other.untimed;
        other.hours.forEach(
                (hour, counts) -> {
                    int[] mine = hours.computeIfAbsent(hour, h -> new int[counts.length]);
                    for (int i = 0; i < counts.length; i++) {
                        mine[i] += counts[i];
                    }
                });
    }

    /** The slots in which there was anything, by their first second since the epoch. */
    SortedMap<Long, long[]> slots() {
        SortedMap<Long, long[]> found = new TreeMap<>();
        hours.forEach(
                (hour, counts) -> {
                    for (int slot = 0; slot < SLOTS; slot++) {
                        long[] slotCounts = new long[COUNTERS];
                        long sum = 0;
                        for (int i = 0; i < COUNTERS; i++) {
                            slotCounts[i] = counts[slot * COUNTERS + i];
                            sum += slotCounts[i];
                        }
                        if (sum > 0) {
                            found.put(hour * HOUR + (long) slot * SECONDS, slotCounts);
                        }
                    }
                });
        return Collections.unmodifiableSortedMap(found);
    }

    private boolean moveTo(long hour, long millis) {
        int[] known = millis == Long.MIN_VALUE ? null : hours.get(hour);
        if (known == null) {
            if (millis == Long.MIN_VALUE || hours.size() >= MOST_HOURS) {
                return false;
            }
            known = new int[SLOTS * COUNTERS];
            hours.put(hour, known);
        }
        currentHour = hour;
        current = known;
        return true;
    }
}
