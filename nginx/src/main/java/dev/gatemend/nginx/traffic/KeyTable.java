package dev.gatemend.nginx.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts keys exactly as long as there are not too many different ones, and keeps the frequent ones
 * after that: when the table is full, the median count is taken off all keys, and those that come
 * to nothing are dropped (Misra and Gries 1982, with the purge of Anderson and others 2017). A
 * count is then too low by at most {@link #error}, never too high. Keys are told apart by a 64-bit
 * hash of a seed of this process. Not thread-safe.
 */
final class KeyTable {
    private static final int SLOTS = 1 << 16;
    private static final int MOST_KEYS = SLOTS * 5 / 8;
    private static final int SAMPLE = 1_023;

    /** Longer keys are cut: as much as a screen or a page shows of one. */
    private static final int LONGEST_NAME = 200;

    private long[] hashes = new long[64];
    private long[] counts = new long[64];
    private byte[][] names = new byte[64][];
    private int size;
    private long error;

    /** How much a count can be too low; 0 while all are exact. */
    long error() {
        return error;
    }

    int size() {
        return size;
    }

    /** Adds to the key with this hash; its bytes are copied when it is new. */
    void add(long hash, byte[] buffer, int from, int to, long count) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(key);
        if (hashes[slot] == 0) {
            insert(
                    slot,
                    key,
                    Arrays.copyOfRange(buffer, from, Math.min(to, from + LONGEST_NAME)),
                    count);
        } else {
            counts[slot] += count;
        }
    }

    /** Adds all of another table of the same process. */
    void add(KeyTable other) {
        error += other.error;
        for (int i = 0; i < other.hashes.length; i++) {
            if (other.hashes[i] != 0) {
                add(other.hashes[i], other.names[i], 0, other.names[i].length, other.counts[i]);
            }
        }
    }

    /** What is known of the key with this hash; 0 when nothing is. */
    long count(long hash) {
        int slot = slot(hash == 0 ? 1 : hash);
        return hashes[slot] == 0 ? 0 : counts[slot];
    }

    /** A key and its count. */
    record Entry(long hash, String name, long count) {}

    /** The keys with the highest counts, those first. */
    List<Entry> top(int most) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                slots.add(i);
            }
        }
        return slots.stream()
                .map(
                        i ->
                                new Entry(
                                        hashes[i],
                                        new String(names[i], StandardCharsets.UTF_8),
                                        counts[i]))
                .sorted(
                        java.util.Comparator.comparingLong(Entry::count)
                                .reversed()
                                .thenComparing(Entry::name))
                .limit(most)
                .toList();
    }

    private int slot(long key) {
        int mask = hashes.length - 1;
        int slot = (int) (key >>> 20) & mask;
        while (hashes[slot] != 0 && hashes[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(int slot, long key, byte[] name, long count) {
        hashes[slot] = key;
        counts[slot] = count;
        names[slot] = name;
        size++;
        if (size > hashes.length * 5 / 8) {
            if (hashes.length < SLOTS) {
                rebuild(hashes.length * 2, 0);
            } else if (size > MOST_KEYS) {
                long median = median();
                error += median;
                rebuild(SLOTS, median);
            }
        }
    }

    private void rebuild(int slots, long less) {
        long[] oldHashes = hashes;
        long[] oldCounts = counts;
        byte[][] oldNames = names;
        hashes = new long[slots];
        counts = new long[slots];
        names = new byte[slots][];
        size = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0 && oldCounts[i] > less) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i] - less;
                names[slot] = oldNames[i];
                size++;
            }
        }
    }

    /** Of a part of the table: hashes lie in no order, so any stretch is a fair sample. */
    private long median() {
        long[] sample = new long[SAMPLE];
        int count = 0;
        for (int i = 0; i < hashes.length && count < SAMPLE; i++) {
            if (hashes[i] != 0) {
                sample[count++] = counts[i];
            }
        }
        Arrays.sort(sample, 0, count);
        return Math.max(1, sample[count / 2]);
    }
}
