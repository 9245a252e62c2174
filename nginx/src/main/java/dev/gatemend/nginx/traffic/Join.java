package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ErrorEffect;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * Puts failed requests and entries of the error log together: the same client asked for the same
 * URI, and the entry was written while the request was under way. Each entry belongs to one request
 * at most; a request takes as many as it had failed attempts. What one-second times leave open (the
 * same client repeating the same request within a second) is shared out in order of time.
 */
final class Join {
    /** Rows and entries carry their index in these low bits while they are sorted by key. */
    static final int INDEX_BITS = 23;

    static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private final ErrorTally errors;
    private final ZoneId zone;
    private final boolean[] taken;
    private final long[] entryOrder;

    /** Takes what a request and its entries say together. */
    interface Sink {
        /**
         * @param covered the error logs reach over the moment of the request
         */
        void request(int row, EntriesOfRequest entries, boolean covered);
    }

    Join(ErrorTally errors, ZoneId zone) {
        this.errors = errors;
        this.zone = zone;
        this.taken = new boolean[errors.rows.size];
        this.entryOrder = order(errors.rows.keys, errors.rows.size);
    }

    void of(FailedRows rows, Sink sink) {
        long[] order = order(rows.keys, rows.size);
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && same(order[from], order[to])) {
                to++;
            }
            group(rows, order, from, to, sink);
            from = to;
        }
    }

    /** Entries that say an answer was cut and that no failed request took. */
    long cutAnswers() {
        long count = 0;
        for (int i = 0; i < taken.length; i++) {
            boolean cut = errors.kind(errors.rows.kinds[i]).effect() == ErrorEffect.CUTS_ANSWER;
            count += cut && !taken[i] ? 1 : 0;
        }
        return count;
    }

    /** Rows whose keys share their high bits, in the order of time. */
    private void group(FailedRows rows, long[] order, int from, int to, Sink sink) {
        long[] members = new long[to - from];
        for (int i = 0; i < members.length; i++) {
            int row = (int) (order[from + i] & INDEX_MASK);
            members[i] = rows.localSecond(row, zone) << INDEX_BITS | row;
        }
        Arrays.sort(members);
        int begin = lowerBound(order[from] & ~INDEX_MASK);
        int end = begin;
        while (end < entryOrder.length && same(entryOrder[end], order[from])) {
            end++;
        }
        FreeEntries entries = new FreeEntries(errors.rows, entryOrder, begin, end);
        for (long member : members) {
            request(rows, (int) (member & INDEX_MASK), member >> INDEX_BITS, entries, sink);
        }
    }

    private void request(FailedRows rows, int row, long second, FreeEntries entries, Sink sink) {
        EntriesOfRequest.Free free =
                (from, to) -> {
                    int entry = entries.takeLast(rows.keys[row], from, to);
                    if (entry < 0) {
                        return -1;
                    }
                    taken[entry] = true;
                    return errors.rows.kinds[entry];
                };
        EntriesOfRequest found =
                EntriesOfRequest.take(
                        free, errors, second, rows.windows[row], rows.outcomes[row].failedAttempts);
        sink.request(row, found, errors.covers(second));
    }

    private int lowerBound(long key) {
        int found = Arrays.binarySearch(entryOrder, key);
        return found >= 0 ? found : -found - 1;
    }

    private static boolean same(long a, long b) {
        return ((a ^ b) & ~INDEX_MASK) == 0;
    }

    /** Sorted by the high bits of the key, each with its index in the low ones. */
    private static long[] order(long[] keys, int size) {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (keys[i] & ~INDEX_MASK) | i;
        }
        Arrays.sort(order);
        return order;
    }
}
