package dev.gatemend.nginx.traffic;

import java.util.Arrays;

/**
 * Entries of one request key in the order of time, each to be taken once. Finds the last free one
 * before a moment without walking over those that were taken (a union-find towards the past), so
 * that a million of them cost no more than a million steps.
 */
final class FreeEntries {
    private final ErrorRows rows;

    /** Second and index of each entry, sorted. */
    private final long[] entries;

    /** From place i + 1: the last place at or before i that is free, plus one. */
    private final int[] free;

    FreeEntries(ErrorRows rows, long[] order, int begin, int end) {
        this.rows = rows;
        this.entries = new long[end - begin];
        this.free = new int[end - begin + 1];
        for (int i = begin; i < end; i++) {
            int index = (int) (order[i] & Join.INDEX_MASK);
            entries[i - begin] = ((long) rows.localSeconds[index] << Join.INDEX_BITS) | index;
        }
        Arrays.sort(entries);
        Arrays.setAll(free, i -> i);
    }

    /**
     * Takes the last free entry of the key within the seconds.
     *
     * @return its index among the rows; -1 when there is none
     */
    int takeLast(long key, long from, long to) {
        int place = lastFree(upTo(to));
        while (place > 0) {
            int index = (int) (entries[place - 1] & Join.INDEX_MASK);
            if (rows.localSeconds[index] < from) {
                return -1;
            }
            if (rows.keys[index] == key) {
                free[place] = place - 1;
                return index;
            }
            place = lastFree(place - 1);
        }
        return -1;
    }

    /** How many entries were written up to that second. */
    private int upTo(long second) {
        int found = Arrays.binarySearch(entries, (second + 1) << Join.INDEX_BITS);
        return found >= 0 ? found : -found - 1;
    }

    private int lastFree(int from) {
        int place = from;
        while (free[place] != place) {
            free[place] = free[free[place]];
            place = free[place];
        }
        return place;
    }
}
