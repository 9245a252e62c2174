package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Peer;
import java.util.Optional;

/**
 * The other of the two loopback addresses, where a pass names neither but a name that stands for
 * them: {@code localhost} is {@code ::1} and {@code 127.0.0.1} (RFC 6761, 6.3), and nginx makes a
 * peer of each at load (ngx_inet_resolve_host).
 *
 * @param name as the configuration writes it
 * @param lookup how libc resolves it
 * @param address the loopback address that was not dialled, with the dialled port
 * @param listener whoever takes connections there
 */
public record LoopbackTwin(String name, DnsLookup lookup, Address.Tcp address, Listener listener) {
    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";

    /**
     * Empty where the peer is no loopback address, is written as an address, is itself taken, or
     * where nobody listens on the other one either.
     */
    public static Optional<LoopbackTwin> of(Matter matter) {
        return matter.tcpPeer()
                .filter(p -> p.host().equals(V4) || p.host().equals(V6))
                .filter(_ -> matter.listener().isEmpty())
                .flatMap(p -> named(matter, p).flatMap(lookup -> of(matter, p, lookup)));
    }

    /** The name leads to the listener as well, so nginx finds it on another try. */
    public boolean isDialledToo() {
        return lookup.addresses().contains(address.host());
    }

    private static Optional<LoopbackTwin> of(Matter matter, Address.Tcp peer, DnsLookup lookup) {
        Address.Tcp other = new Address.Tcp(peer.isIpv6() ? V4 : V6, peer.port());
        return matter.sockets()
                .flatMap(table -> Peers.listenerFor(table, other))
                .map(listener -> new LoopbackTwin(lookup.name(), lookup, other, listener));
    }

    /** An address that the configuration writes out is meant, whatever a name beside it says. */
    private static Optional<DnsLookup> named(Matter matter, Address.Tcp peer) {
        boolean written =
                matter.upstreams()
                        .flatMap(u -> u.peers().stream())
                        .anyMatch(p -> p.address().equals(peer));
        return written
                ? Optional.empty()
                : matter.upstreams()
                        .flatMap(u -> u.peers().stream())
                        .map(Peer::address)
                        .filter(Address.Tcp.class::isInstance)
                        .map(Address.Tcp.class::cast)
                        .filter(a -> a.port() == peer.port() && !a.isLiteral())
                        .flatMap(a -> matter.scene().lookups(a.host()))
                        .filter(l -> l.addresses().contains(peer.host()))
                        .findFirst();
    }
}
