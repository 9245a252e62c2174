package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ByteSearch;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import java.util.List;

/**
 * How much of each key failed. Failures have a table of their own: a rare key that fails must not
 * be pushed out by frequent ones that work. Not thread-safe.
 */
final class KeyShares {
    private final KeyTable all = new KeyTable();
    private final KeyTable failed = new KeyTable();

    void add(AccessLine line, AccessVariable variable, long seed, boolean failure) {
        int start = line.start(variable);
        if (start >= 0) {
            int end = line.end(variable);
            byte[] buffer = line.buffer();
            add(ByteSearch.hash(buffer, start, end, seed), buffer, start, end, failure);
        }
    }

    void add(long hash, byte[] buffer, int from, int to, boolean failure) {
        all.add(hash, buffer, from, to, 1);
        if (failure) {
            failed.add(hash, buffer, from, to, 1);
        }
    }

    void add(KeyShares other) {
        all.add(other.all);
        failed.add(other.failed);
    }

    /** Those with the most failures. */
    List<Share> shares(int most) {
        return failed.top(most).stream()
                .map(e -> new Share(e.name(), Math.max(e.count(), all.count(e.hash())), e.count()))
                .toList();
    }

    /** How much too low a count of failures can be. */
    long failureError() {
        return failed.error();
    }

    /** The same for requests. */
    long requestError() {
        return all.error();
    }
}
