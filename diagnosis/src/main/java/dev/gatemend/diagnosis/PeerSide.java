package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Optional;

/**
 * The listening sockets at the place where the peer's address lives: nginx's own network namespace,
 * or the one of a container on the same host.
 *
 * @param table of that network namespace
 * @param nginxSide nginx lives there too
 */
public record PeerSide(SocketTable table, boolean nginxSide) {
    /** Empty when the peer is on another host, or its sockets could not be read. */
    public static Optional<PeerSide> of(Matter matter) {
        return matter.peer()
                .flatMap(
                        peer ->
                                Peers.isHere(matter.scene(), matter.network(), peer)
                                        ? matter.sockets().map(table -> new PeerSide(table, true))
                                        : elsewhere(matter, peer));
    }

    /** Private addresses repeat from bridge to bridge, so only a single owner counts. */
    private static Optional<PeerSide> elsewhere(Matter matter, Address peer) {
        if (!(peer instanceof Address.Tcp tcp)) {
            return Optional.empty();
        }
        List<LocalAddresses> owners =
                matter.scene()
                        .facts(LocalAddresses.class)
                        .filter(l -> l.addresses().contains(tcp.host()))
                        .toList();
        return owners.size() == 1
                ? matter.scene()
                        .sockets(owners.getFirst().networkNamespace())
                        .map(table -> new PeerSide(table, false))
                : Optional.empty();
    }

    /** Whoever takes connections to the peer. */
    public Optional<Listener> listener(Address peer) {
        return Peers.listenerFor(table, peer);
    }

    /** How much it says that a listener is not in the table: less where it may hold only a part. */
    public Strength absence() {
        return table.complete() ? Strength.STRONG : Strength.MODERATE;
    }
}
