package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of the attempts at each address. */
final class PeerSummary {
    /** Places in a request's row of attempts that are told apart; later ones count as the last. */
    private static final int MOST_POSITIONS = 5;

    private final AccessTally requests;
    private final Map<String, Peer> peers = new HashMap<>();

    PeerSummary(AccessTally requests) {
        this.requests = requests;
        requests.outcomes().forEach(this::add);
    }

    private static final class Peer {
        private final SortedMap<Integer, Long> failed = new TreeMap<>();
        private final long[] positions = new long[MOST_POSITIONS];
        private long attempts;
        private long hidden;

        PeerTraffic traffic(String address, Optional<LatencyTally> latency) {
            List<Long> byPosition = new ArrayList<>();
            int last = MOST_POSITIONS;
            while (last > 0 && positions[last - 1] == 0) {
                last--;
            }
            for (int i = 0; i < last; i++) {
                byPosition.add(positions[i]);
            }
            return new PeerTraffic(
                    address,
                    attempts,
                    failed,
                    hidden,
                    byPosition,
                    latency.filter(l -> !l.isEmpty()).map(LatencyTally::latency));
        }
    }

    /** The one with the most failed attempts first. */
    List<PeerTraffic> peers() {
        return peers.entrySet().stream()
                .map(
                        e ->
                                e.getValue()
                                        .traffic(
                                                e.getKey(),
                                                Optional.ofNullable(
                                                        requests.latencies
                                                                .byPeer()
                                                                .get(e.getKey()))))
                .sorted(
                        Comparator.<PeerTraffic>comparingLong(
                                        p -> p.failed().values().stream().mapToLong(n -> n).sum())
                                .reversed()
                                .thenComparing(PeerTraffic::address))
                .toList();
    }

    private void add(Outcome outcome) {
        for (int i = 0; i < outcome.addresses.size(); i++) {
            Peer peer = peers.computeIfAbsent(outcome.addresses.get(i), a -> new Peer());
            peer.attempts += outcome.requests;
            int status = outcome.attemptStatus(i);
            if (status >= 500) {
                peer.failed.merge(status, outcome.requests, Long::sum);
                peer.positions[Math.min(i, MOST_POSITIONS - 1)] += outcome.requests;
                peer.hidden += outcome.status < 500 ? outcome.requests : 0;
            }
        }
    }
}
