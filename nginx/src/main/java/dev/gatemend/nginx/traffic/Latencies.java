package dev.gatemend.nginx.traffic;

import java.util.LinkedHashMap;
import java.util.Map;

/** Response times by peer. Peers are bounded; what comes behind the bound shares one sketch. */
final class Latencies {
    static final int MOST_PEERS = 2_000;

    private final Map<String, LatencyTally> byPeer = new LinkedHashMap<>();
    private final LatencyTally others = new LatencyTally();

    LatencyTally of(String peer) {
        LatencyTally known = byPeer.get(peer);
        if (known != null) {
            return known;
        }
        if (byPeer.size() >= MOST_PEERS) {
            return others;
        }
        LatencyTally fresh = new LatencyTally();
        byPeer.put(peer, fresh);
        return fresh;
    }

    Map<String, LatencyTally> byPeer() {
        return byPeer;
    }

    /** True when some peers have no sketch of their own. */
    boolean overflowed() {
        return !others.isEmpty();
    }

    void add(Latencies other) {
        other.byPeer.forEach((peer, tally) -> of(peer).add(tally));
        others.add(other.others);
    }
}
