package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Peer;
import dev.gatemend.model.ProcessState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which other listeners could be the application that nginx means but does not reach. What belongs
 * to the host, to a data store, to nginx or to another pass is none of them.
 */
public final class OtherListeners {
    /** Ports of services that are never behind a web site, where the owner cannot tell. */
    private static final Set<Integer> INFRASTRUCTURE_PORTS =
            Set.of(
                    21, 22, 23, 25, 53, 67, 88, 110, 111, 123, 139, 143, 389, 445, 465, 587, 631,
                    636, 993, 995, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 4369, 5432, 5672, 6379,
                    6443, 9042, 9092, 9100, 9200, 9229, 9300, 10250, 10255, 10256, 11211, 15672,
                    25672, 27017, 33060);

    private OtherListeners() {}

    /** The closest first. Only listeners at the peer's side; none of them is where nginx dials. */
    public static List<OtherListener> of(Matter matter, PeerSide side) {
        Address peer = matter.peer().orElseThrow();
        return side.table().listeners().stream()
                .filter(l -> !l.address().equals(peer) && !Peers.reaches(l, peer))
                .filter(l -> mayServe(matter, l))
                .map(l -> other(matter, l))
                .filter(o -> fits(matter, o))
                .sorted(
                        Comparator.comparing(OtherListener::kinship)
                                .thenComparingInt(o -> distance(o.address(), peer)))
                .toList();
    }

    private static boolean mayServe(Matter matter, Listener listener) {
        Optional<ProcessState> owner = matter.scene().owner(listener);
        return !ofNginx(matter, listener, owner)
                && owner.filter(Programs::isInfrastructure).isEmpty()
                && !hasInfrastructureAddress(listener)
                && !claimed(matter.scene(), listener);
    }

    private static boolean ofNginx(Matter matter, Listener listener, Optional<ProcessState> owner) {
        return owner.filter(Programs::isNginx).isPresent()
                || matter.scene().masters().stream()
                        .anyMatch(m -> listener.pids().contains(m.pid()));
    }

    /** Abstract sockets and those of the desktop and the init system are no application's. */
    private static boolean hasInfrastructureAddress(Listener listener) {
        return switch (listener.address()) {
            case Address.Tcp tcp -> INFRASTRUCTURE_PORTS.contains(tcp.port());
            case Address.Unix unix ->
                    unix.path().startsWith("@")
                            || unix.path().startsWith("/run/systemd/")
                            || unix.path().startsWith("/run/user/")
                            || unix.path().startsWith("/run/dbus/")
                            || unix.path().endsWith("/docker.sock")
                            || unix.path().endsWith("/containerd.sock")
                            || unix.path().endsWith("mysqld.sock")
                            || unix.path().contains("/.s.PGSQL.");
        };
    }

    /** A pass of any configuration here leads to it already. */
    private static boolean claimed(Scene scene, Listener listener) {
        return scene.facts(NginxConfiguration.class)
                .flatMap(c -> c.upstreams().stream())
                .flatMap(u -> u.peers().stream())
                .map(Peer::address)
                .anyMatch(written -> leads(scene, written, listener));
    }

    private static boolean leads(Scene scene, Address written, Listener listener) {
        if (written instanceof Address.Tcp tcp && tcp.host().equals("localhost")) {
            return Stream.of("127.0.0.1", "::1")
                    .anyMatch(h -> Peers.reaches(listener, new Address.Tcp(h, tcp.port())));
        }
        return Peers.reaches(listener, written)
                || Peers.means(scene, written, listener.address())
                || (written instanceof Address.Tcp name
                        && !name.isLiteral()
                        && listener.address() instanceof Address.Tcp bound
                        && bound.isWildcard()
                        && bound.port() == name.port());
    }

    private static OtherListener other(Matter matter, Listener listener) {
        Optional<ProcessState> owner = matter.scene().owner(listener);
        Optional<String> shared =
                owner.flatMap(
                                o ->
                                        NameTokens.shared(
                                                NameTokens.ofMatter(matter),
                                                NameTokens.ofProcess(o)))
                        .or(
                                () ->
                                        NameTokens.shared(
                                                NameTokens.ofMatter(matter),
                                                NameTokens.of(socketName(listener))));
        Optional<String> stage = owner.flatMap(o -> NameTokens.otherStage(matter, o));
        if (shared.isPresent()) {
            return new OtherListener(listener, owner, Kinship.NAMED, shared.get(), stage);
        }
        boolean runtime = owner.filter(Programs::isRuntime).isPresent();
        return new OtherListener(
                listener, owner, runtime ? Kinship.RUNTIME : Kinship.STRANGER, "", stage);
    }

    private static String socketName(Listener listener) {
        return listener.address() instanceof Address.Unix unix ? unix.path() : "";
    }

    /**
     * FastCGI is spoken by few, and those speak nothing else; a socket is left to those who run
     * apps.
     */
    private static boolean fits(Matter matter, OtherListener other) {
        boolean fastcgi = other.owner().filter(Programs::speaksFastcgi).isPresent();
        boolean known = other.owner().isPresent();
        Optional<PassKind> pass = matter.pass().map(Pass::kind);
        boolean speaks =
                pass.isEmpty() || (pass.get() == PassKind.FASTCGI ? fastcgi || !known : !fastcgi);
        boolean unixStranger =
                other.address() instanceof Address.Unix && other.kinship() == Kinship.STRANGER;
        return speaks && !unixStranger;
    }

    /** A slip of the hand lands near: same host first, then the nearest port. */
    private static int distance(Address other, Address peer) {
        if (other instanceof Address.Tcp a && peer instanceof Address.Tcp b) {
            boolean reachable = a.isWildcard() || a.host().equals(b.host());
            return Math.abs(a.port() - b.port()) + (reachable ? 0 : 100_000);
        }
        return other.getClass().equals(peer.getClass()) ? 0 : 200_000;
    }
}
