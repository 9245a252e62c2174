package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Requests of an access log inside the window with the same outcome at the same place, counted.
 *
 * @param nginx pid of the master whose log it is; 0 when no master is running
 * @param site its name; empty when several sites share the log and the line does not say which
 * @param location as written; empty when it could not be told
 * @param status sent to the client
 * @param upstreamAddresses {@code $upstream_addr} as logged, {@code 127.0.0.1:1, 127.0.0.1:2};
 *     empty when not logged
 * @param upstreamStatuses {@code $upstream_status} as logged; empty when not logged
 * @param headerReceived the last attempt's {@code $upstream_header_time} is a number: the peer sent
 *     this status; empty when the format does not log it
 * @param sample the earliest line
 * @param where of the sample, {@code /var/log/nginx/access.log:17} or {@code ... (byte 123)}
 */
public record AccessGroup(
        int nginx,
        String log,
        Optional<String> site,
        Optional<String> location,
        int status,
        Optional<String> upstreamAddresses,
        Optional<String> upstreamStatuses,
        Optional<Boolean> headerReceived,
        long count,
        Optional<Instant> first,
        Optional<Instant> last,
        String sample,
        String where)
        implements Fact {
    /** The same requests, fewer of them. */
    public AccessGroup withCount(long some) {
        return new AccessGroup(
                nginx,
                log,
                site,
                location,
                status,
                upstreamAddresses,
                upstreamStatuses,
                headerReceived,
                some,
                first,
                last,
                sample,
                where);
    }
}
