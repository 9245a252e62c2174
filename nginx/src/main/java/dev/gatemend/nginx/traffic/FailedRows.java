package dev.gatemend.nginx.traffic;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * Failed requests that wait to be put together with entries of the error log: what they ask for as
 * a hash, when they ended, how long they took. Bounded; not thread-safe.
 */
final class FailedRows {
    /** The line does not say what its local time was ahead of UTC. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final int MOST = 1 << 20;

    long[] keys = new long[64];
    long[] millis = new long[64];

    /** Seconds that local time was ahead of UTC, or {@link #NO_OFFSET}. */
    int[] offsets = new int[64];

    /** How long before its end a request can have failed, seconds. */
    int[] windows = new int[64];

    Outcome[] outcomes = new Outcome[64];
    int size;
    private long left;

    /** Rows that found no room; who made them stays open where the line does not tell. */
    long left() {
        return left;
    }

    /** When the request ended, as if local time were UTC. */
    long localSecond(int row, ZoneId zone) {
        long second = Math.floorDiv(millis[row], 1_000);
        int offset = offsets[row];
        return second
                + (offset == NO_OFFSET
                        ? zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds()
                        : offset);
    }

    /** Forgets all of them: somebody else has what there was. */
    void clear() {
        size = 0;
    }

    void add(long key, long endMillis, int offset, int window, Outcome outcome) {
        if (size == MOST) {
            left++;
            return;
        }
        if (size == keys.length) {
            int more = size * 2;
            keys = Arrays.copyOf(keys, more);
            millis = Arrays.copyOf(millis, more);
            offsets = Arrays.copyOf(offsets, more);
            windows = Arrays.copyOf(windows, more);
            outcomes = Arrays.copyOf(outcomes, more);
        }
        keys[size] = key;
        millis[size] = endMillis;
        offsets[size] = offset;
        windows[size] = window;
        outcomes[size] = outcome;
        size++;
    }
}
