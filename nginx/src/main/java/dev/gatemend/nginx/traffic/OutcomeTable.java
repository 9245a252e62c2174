package dev.gatemend.nginx.traffic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes by the hash of the bytes that say them. Asked once a line, so without boxes. */
final class OutcomeTable {
    private final int most;
    private long[] hashes = new long[256];
    private @Nullable Outcome[] values = new @Nullable Outcome[256];
    private int size;

    OutcomeTable(int most) {
        this.most = most;
    }

    boolean isFull() {
        return size >= most;
    }

    @Nullable Outcome find(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 24) & mask;
        while (values[slot] != null) {
            if (hashes[slot] == hash) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    void add(long hash, Outcome outcome) {
        if (++size > hashes.length / 2) {
            grow();
        }
        put(hash, outcome);
    }

    List<Outcome> all() {
        List<Outcome> found = new ArrayList<>();
        for (Outcome value : values) {
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    private void grow() {
        long[] oldHashes = hashes;
        @Nullable Outcome[] oldValues = values;
        hashes = new long[oldHashes.length * 2];
        values = new @Nullable Outcome[oldHashes.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            Outcome value = oldValues[i];
            if (value != null) {
                put(oldHashes[i], value);
            }
        }
    }

    private void put(long hash, Outcome outcome) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 24) & mask;
        while (values[slot] != null) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        values[slot] = outcome;
    }
}
