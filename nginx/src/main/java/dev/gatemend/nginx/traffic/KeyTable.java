package dev.gatemend.nginx.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** Each slot's hash, 0 when it is free, and its count behind it: one line of a core's cache. */
    private long[] slots = new long[2 * 64];

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
        if (slots[slot * 2] == 0) {
            insert(
                    slot,
                    key,
                    Arrays.copyOfRange(buffer, from, Math.min(to, from + LONGEST_NAME)),
                    count);
        } else {
            slots[slot * 2 + 1] += count;
        }
    }

    /** Adds all of another table of the same process. */
    void add(KeyTable other) {
        error += other.error;
        for (int i = 0; i < other.names.length; i++) {
            if (other.slots[i * 2] != 0) {
                byte[] name = other.names[i];
                add(other.slots[i * 2], name, 0, name.length, other.slots[i * 2 + 1]);
            }
        }
    }

    /** What is known of the key with this hash; 0 when nothing is. */
    long count(long hash) {
        int slot = slot(hash == 0 ? 1 : hash);
        return slots[slot * 2] == 0 ? 0 : slots[slot * 2 + 1];
    }

    /** A key and its count. */
    record Entry(long hash, String name, long count) {}

    /** The keys with the highest counts, those first. */
    List<Entry> top(int most) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (slots[i * 2] != 0) {
                String name = new String(names[i], StandardCharsets.UTF_8);
                entries.add(new Entry(slots[i * 2], name, slots[i * 2 + 1]));
            }
        }
        return entries.stream()
                .sorted(
                        Comparator.comparingLong(Entry::count)
                                .reversed()
                                .thenComparing(Entry::name))
                .limit(most)
                .toList();
    }

    private int slot(long key) {
        int mask = names.length - 1;
        int slot = (int) (key >>> 20) & mask;
        while (slots[slot * 2] != 0 && slots[slot * 2] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(int slot, long key, byte[] name, long count) {
        put(slot, key, name, count);
        if (size > names.length * 5 / 8) {
            if (names.length < SLOTS) {
                rebuild(names.length * 2, 0);
            } else if (size > MOST_KEYS) {
                long median = median();
                error += median;
                rebuild(SLOTS, median);
            }
        }
    }

    private void put(int slot, long key, byte[] name, long count) {
        slots[slot * 2] = key;
        slots[slot * 2 + 1] = count;
        names[slot] = name;
        size++;
    }

    private void rebuild(int length, long less) {
        long[] oldSlots = slots;
        byte[][] oldNames = names;
        slots = new long[2 * length];
        names = new byte[length][];
        size = 0;
        for (int i = 0; i < oldNames.length; i++) {
            long key = oldSlots[i * 2];
            long count = oldSlots[i * 2 + 1] - less;
            if (key != 0 && count > 0) {
                put(slot(key), key, oldNames[i], count);
            }
        }
    }

    /** Of a part of the table: hashes lie in no order, so any stretch is a fair sample. */
    private long median() {
        long[] sample = new long[SAMPLE];
        int count = 0;
        for (int i = 0; i < names.length && count < SAMPLE; i++) {
            if (slots[i * 2] != 0) {
                sample[count++] = slots[i * 2 + 1];
            }
        }
        Arrays.sort(sample, 0, count);
        return Math.max(1, sample[count / 2]);
    }
}
