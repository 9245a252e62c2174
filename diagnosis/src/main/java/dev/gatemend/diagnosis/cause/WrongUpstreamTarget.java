package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.ConnectFailure;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Spelling;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.AddressRange;
import dev.gatemend.model.Container;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The host or address in the pass is not the application's: a slip, or a name that means another.
 */
public final class WrongUpstreamTarget implements Cause {
    private static final Set<Integer> NO_CONNECTION =
            Set.of(
                    Errno.ECONNREFUSED,
                    Errno.ETIMEDOUT,
                    Errno.EHOSTUNREACH,
                    Errno.ENETUNREACH,
                    Errno.EADDRNOTAVAIL);

    /** Addresses that no host may have: for documentation (RFC 5737), multicast, reserved. */
    private static final List<AddressRange> NOBODYS =
            Stream.of("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")
                    .flatMap(t -> AddressRange.parse(t).stream())
                    .toList();

    private static final CauseInfo INFO =
            new CauseInfo(
                    "wrong-upstream-target",
                    Group.WRONG_PLACE,
                    Frequency.OCCASIONAL,
                    "Host or address in the pass is not the application's",
                    """
                    A slip in an address, an example's address left standing, or a name that means another host here than \
                    it was meant to: nginx dials a place where the application never was. The connect is refused, \
                    unreachable or not answered.""",
                    "The peer never answered, requests worked until the configuration was loaded, and an address that differs by one slip takes connections.",
                    List.of("wrong-bind-address", "wrong-port"),
                    List.of(
                            "restarting the application: nginx does not dial it",
                            "raising proxy_connect_timeout: the application is not there"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ConnectFailure> failure = ConnectFailure.of(matter, NO_CONNECTION);
        if (failure.isEmpty() || matter.tcpPeer().isEmpty() || !isNamed(matter)) {
            return Judgement.notConcerned();
        }
        Address.Tcp peer = matter.tcpPeer().get();
        PeerHistory history = PeerHistory.of(matter);
        if (history.answered().isPresent() || history.meanwhile().isPresent()) {
            return Judgement.ruledOut("%s has answered, so it is the right place".formatted(peer));
        }
        return new Case(matter, peer, failure.get(), history).judge();
    }

    /** The files name it; what they do not name is another story. */
    private static boolean isNamed(Matter matter) {
        return matter.upstreams().findAny().isPresent();
    }

    private record Case(
            Matter matter, Address.Tcp peer, ConnectFailure failure, PeerHistory history) {
        Judgement judge() {
            Optional<Address> near = nearMiss();
            Optional<Container> namesake = namesake();
            boolean nobodys = NOBODYS.stream().anyMatch(r -> r.contains(peer.host()));
            boolean moved = history.retargeted().isPresent();
            return near.isEmpty() && namesake.isEmpty() && !nobodys && !moved
                    ? Judgement.notConcerned()
                    : argue(near, namesake, nobodys);
        }

        private Judgement argue(
                Optional<Address> near, Optional<Container> namesake, boolean nobodys) {
            Argument argument =
                    Argument.that("peer:" + peer, title(near, namesake, nobodys))
                            .becauseLikeRivals(WEAK, failure.sighting());
            moved(argument);
            near.ifPresent(address -> near(address, argument));
            namesake.ifPresent(container -> namesake(container, argument));
            if (nobodys) {
                argument.because(
                        DECISIVE,
                        "address",
                        "%s is an address that no host has (documentation, multicast or reserved)"
                                .formatted(peer.host()),
                        "RFC 5737, RFC 1112");
            }
            argument.explain(
                    "%s names %s, where no connection comes to be and, as far as can be seen, none ever came."
                            .formatted(
                                    Steps.whereNamed(matter).orElse("nginx's configuration"),
                                    peer));
            argument.now(
                    near.map(a -> "make nginx dial %s, if that is meant".formatted(a))
                            .orElse("write the address of the application"),
                    Risk.LOW,
                    Steps.edit(
                            "%s correct %s%s"
                                    .formatted(
                                            Steps.atNamed(matter),
                                            peer,
                                            near.map(a -> ": write " + a).orElse(""))),
                    Steps.reload(matter));
            argument.next(
                    Shell.command("ip", "route", "get", peer.host()),
                    "shows where that address would lie; ask whoever runs the application for its own");
            INFO.wontHelp().forEach(argument::wontHelp);
            return argument.judgement();
        }

        private String title(
                Optional<Address> near, Optional<Container> namesake, boolean nobodys) {
            if (nobodys) {
                return "nginx dials %s, an address that no host has".formatted(peer);
            }
            return Excerpt.title(
                    near.map(a -> "nginx dials %s, a slip away from %s".formatted(peer, a))
                            .or(
                                    () ->
                                            namesake.map(
                                                    c ->
                                                            "nginx dials %s, which is not container %s"
                                                                    .formatted(peer, c.name())))
                            .orElseGet(() -> "the application may not be at " + peer));
        }

        /**
         * A load turned nginx here, and it never worked: a slip, or a right address whose way is
         * not open yet. Where nobody listens on this host the second is out.
         */
        private void moved(Argument argument) {
            history.retargeted()
                    .ifPresent(
                            at ->
                                    argument.because(
                                            matter.nobodyListens() ? STRONG : MODERATE,
                                            "access.log",
                                            "requests were answered until nginx loaded its configuration at %s, and failed after it"
                                                    .formatted(matter.scene().clock(at)),
                                            "access log"));
            if (history.retargeted().isEmpty() && history.never()) {
                argument.because(
                        WEAK,
                        "access.log",
                        "%s answered no request in the window".formatted(peer),
                        "access log");
            }
        }

        /**
         * In a row of servers a neighbour's address proves little; after a load that turned nginx
         * away from what worked, much.
         */
        private void near(Address address, Argument argument) {
            matter.scene()
                    .probe(address, PeerProbe.Kind.CONNECT)
                    .ifPresent(
                            p ->
                                    argument.because(
                                            history.retargeted().isPresent() ? STRONG : MODERATE,
                                            matter.scene()
                                                    .sighting(
                                                            p,
                                                            "%s, which differs by one slip, takes connections"
                                                                    .formatted(address))));
        }

        /** An address of another pass of the same nginx that is served, and one slip away. */
        private Optional<Address> nearMiss() {
            List<Upstream> own = matter.upstreams().toList();
            return matter.configuration().stream()
                    .flatMap(c -> c.upstreams().stream())
                    .filter(u -> !own.contains(u))
                    .flatMap(u -> u.peers().stream())
                    .map(Peer::address)
                    .filter(a -> a instanceof Address.Tcp tcp && isNear(tcp))
                    .filter(this::isServed)
                    .findFirst();
        }

        /** Another port, or another address of this host, is what others judge. */
        private boolean isNear(Address.Tcp other) {
            boolean twins =
                    Peers.isHere(matter.scene(), matter.network(), other)
                            && Peers.isHere(matter.scene(), matter.network(), peer);
            return other.port() == peer.port()
                    && other.isLiteral()
                    && !other.host().equals(peer.host())
                    && !twins
                    && Spelling.isOneSlip(peer.host(), other.host());
        }

        private boolean isServed(Address address) {
            return matter.scene()
                    .probe(address, PeerProbe.Kind.CONNECT)
                    .map(PeerProbe::outcome)
                    .filter(ProbeOutcome.Connected.class::isInstance)
                    .isPresent();
        }

        private void namesake(Container container, Argument argument) {
            argument.because(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    container,
                                    "container %s bears the name in the pass, and its address is %s, not %s"
                                            .formatted(
                                                    container.name(),
                                                    String.join(", ", addresses(container)),
                                                    peer.host())));
        }

        /**
         * The container that is called as the pass writes, where the name leads elsewhere: to
         * nobody's address, or also to a container of another image, which refuses.
         */
        private Optional<Container> namesake() {
            Optional<Container> own = PeerContainer.ofNginx(matter);
            List<Container> called =
                    own.stream()
                            .flatMap(_ -> matter.scene().facts(Container.class))
                            .filter(Container::isRunning)
                            .filter(c -> names().anyMatch(n -> PeerContainer.isCalled(c, n)))
                            .filter(c -> PeerContainer.shareNetwork(own.orElseThrow(), c))
                            .toList();
            Optional<Container> dialled =
                    called.stream().filter(c -> addresses(c).contains(peer.host())).findFirst();
            List<Container> others =
                    called.stream()
                            .filter(c -> !addresses(c).isEmpty())
                            .filter(c -> !addresses(c).contains(peer.host()))
                            .filter(c -> dialled.filter(d -> d.image().equals(c.image())).isEmpty())
                            .toList();
            return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
        }

        private Stream<String> names() {
            return matter.upstreams()
                    .flatMap(u -> u.peers().stream())
                    .map(Peer::address)
                    .filter(Address.Tcp.class::isInstance)
                    .map(a -> ((Address.Tcp) a).host());
        }

        private static List<String> addresses(Container container) {
            return container.networks().stream().flatMap(n -> n.addresses().stream()).toList();
        }
    }
}
