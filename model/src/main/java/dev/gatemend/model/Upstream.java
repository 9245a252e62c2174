package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * A group nginx passes to.
 *
 * @param name of the {@code upstream} block, or the {@code host:port} of an implicit one
 * @param implicit true for the group of a literal address in a pass
 * @param stream true when it belongs to the stream module
 * @param peers in the order written
 * @param settings of the block: balancing method, {@code keepalive}, {@code zone}, {@code resolver}
 * @param position of the block, or of the pass
 */
public record Upstream(
        String name,
        boolean implicit,
        boolean stream,
        List<Peer> peers,
        Settings settings,
        Optional<Position> position) {
    public Upstream {
        peers = List.copyOf(peers);
    }
}
