package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Entries of an error log inside the window that say the same of the same place, counted.
 *
 * @param nginx pid of the master whose log it is; 0 when no master is running
 * @param log file (or journal) they stand in
 * @param peer address in {@code upstream:}, without scheme and URI; the upstream's name for {@code
 *     no live upstreams}
 * @param location of the configuration that the request belongs to, as written; empty when it could
 *     not be told
 * @param count how many
 * @param first of the earliest and the latest; empty when the lines carry no time
 * @param sample the earliest entry
 * @param where of the sample, {@code /var/log/nginx/error.log:8812}
 * @param exactConnections number of different client connections among them, which tells one
 *     client's retries from many; at most 1,000 are told apart
 */
public record ErrorGroup(
        int nginx,
        String log,
        Optional<String> peer,
        Optional<String> site,
        Optional<String> location,
        long count,
        Optional<Instant> first,
        Optional<Instant> last,
        ErrorEntry sample,
        String where,
        int exactConnections)
        implements Fact {
    /** The message's id, or the empty string. */
    public String id() {
        return sample.id().orElse("");
    }
}
