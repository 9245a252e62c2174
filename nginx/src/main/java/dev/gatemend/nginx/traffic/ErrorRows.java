package dev.gatemend.nginx.traffic;

import java.util.Arrays;

/** Entries of error logs that belong to a request, kept small. Bounded; not thread-safe. */
final class ErrorRows {
    private static final int MOST = 3 << 20;

    long[] keys = new long[64];

    /** Local time, as if it were UTC, in seconds. */
    int[] localSeconds = new int[64];

    /** What the entry says, an index into {@link ErrorTally}'s kinds. */
    short[] kinds = new short[64];

    int size;
    private long left;

    /** Entries that found no room. */
    long left() {
        return left;
    }

    /** Forgets all of them: somebody else has what there was. */
    void clear() {
        size = 0;
    }

    void add(long key, long localSecond, int kind) {
        if (size == MOST) {
            left++;
            return;
        }
        if (size == keys.length) {
            int more = size * 2;
            keys = Arrays.copyOf(keys, more);
            localSeconds = Arrays.copyOf(localSeconds, more);
            kinds = Arrays.copyOf(kinds, more);
        }
        keys[size] = key;
        localSeconds[size] = (int) localSecond;
        kinds[size] = (short) kind;
        size++;
    }

    /** Adds the entries of another, whose kinds have the given numbers here. */
    void add(ErrorRows other, int[] numbers) {
        left += other.left;
        for (int i = 0; i < other.size; i++) {
            add(other.keys[i], other.localSeconds[i], numbers[other.kinds[i]]);
        }
    }
}
