package dev.gatemend.nginx.traffic;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests and entries are counted. An empty set asks for everything.
 *
 * @param from the first moment counted
 * @param until the first moment no longer counted
 * @param statuses as sent to the client
 * @param sites values of $server_name, else $host, else $http_host, in lower case
 * @param peers addresses of which one was tried
 */
public record TrafficFilter(
        Optional<Instant> from,
        Optional<Instant> until,
        Set<Integer> statuses,
        Set<String> sites,
        Set<String> peers) {
    /** Counts everything. */
    public static final TrafficFilter ALL =
            new TrafficFilter(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of());

    public TrafficFilter {
        statuses = Set.copyOf(statuses);
        sites = Set.copyOf(sites);
        peers = Set.copyOf(peers);
    }
}
