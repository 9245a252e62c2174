package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import java.util.Comparator;
import java.util.List;

/**
 * Other peers that fail beside a matter's own, and that nobody listens on: whoever listens
 * elsewhere may be the application that one of them has lost, and of no more than one.
 */
public final class VacantPeers {
    private VacantPeers() {}

    /** Those that are dialled at the same side, by TCP; the nearest to an address first. */
    public static List<Address.Tcp> beside(Matter matter, PeerSide side, Address.Tcp address) {
        return matter.scene()
                .facts(ErrorGroup.class)
                .flatMap(g -> g.peer().flatMap(p -> Address.parse(p, 80)).stream())
                .filter(Address.Tcp.class::isInstance)
                .map(Address.Tcp.class::cast)
                .filter(a -> matter.peer().filter(a::equals).isEmpty())
                .filter(a -> isVacant(matter, side, a))
                .distinct()
                .sorted(Comparator.comparingInt(a -> distance(a, address)))
                .toList();
    }

    /** Ports in between: a slip of the hand, and a program that takes the next one, land near. */
    public static int distance(Address.Tcp one, Address.Tcp other) {
        return Math.abs(one.port() - other.port());
    }

    private static boolean isVacant(Matter matter, PeerSide side, Address.Tcp peer) {
        return peer.isLiteral()
                && side.nginxSide() == Peers.isHere(matter.scene(), matter.network(), peer)
                && side.listener(peer).isEmpty();
    }
}
