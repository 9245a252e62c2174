package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses mean the same: a peer in a log, a server in the configuration, a listener on the
 * host.
 */
public final class Peers {
    private Peers() {}

    /** True when one of the upstream's servers is this address, or a name that resolves to it. */
    static boolean contains(Scene scene, Upstream upstream, Address peer) {
        return upstream.peers().stream().anyMatch(p -> means(scene, p.address(), peer));
    }

    /** True when the address as written means the address as dialled. */
    public static boolean means(Scene scene, Address written, Address dialled) {
        if (written.equals(dialled)) {
            return true;
        }
        return written instanceof Address.Tcp name
                && dialled instanceof Address.Tcp address
                && name.port() == address.port()
                && !name.isLiteral()
                && resolves(scene, name.host(), address.host());
    }

    private static boolean resolves(Scene scene, String name, String address) {
        return scene.lookups(name).map(DnsLookup::addresses).anyMatch(a -> a.contains(address));
    }

    static boolean leadsTo(Pass pass, List<Upstream> upstreams) {
        List<String> groups =
                switch (pass.target()) {
                    case PassTarget.Group group -> List.of(group.upstream());
                    case PassTarget.Variable variable -> variable.possible();
                };
        return upstreams.stream().anyMatch(u -> groups.contains(u.name()));
    }

    /** The listener a connect to {@code peer} reaches in this table. */
    public static Optional<Listener> listenerFor(SocketTable table, Address peer) {
        return table.listeners().stream().filter(l -> reaches(l, peer)).findFirst();
    }

    /** True when a connect to the address arrives at this listener. */
    static boolean reaches(Listener listener, Address peer) {
        if (listener.address().equals(peer)) {
            return true;
        }
        return listener.address() instanceof Address.Tcp bound
                && peer instanceof Address.Tcp dialled
                && bound.port() == dialled.port()
                && bound.isWildcard()
                && (bound.isIpv6() == dialled.isIpv6() || (bound.isIpv6() && !listener.v6Only()));
    }

    /**
     * True when a connect to the address stays on this host: a unix socket, loopback, or one of its
     * own addresses.
     */
    public static boolean isHere(Scene scene, long networkNamespace, Address peer) {
        return switch (peer) {
            case Address.Unix _ -> true;
            case Address.Tcp tcp ->
                    tcp.isLoopback()
                            || tcp.host().equals("localhost")
                            || tcp.isWildcard()
                            || scene.facts(LocalAddresses.class)
                                    .filter(l -> l.networkNamespace() == networkNamespace)
                                    .anyMatch(l -> l.addresses().contains(tcp.host()));
        };
    }
}
