package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.ConnectFailure;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Way;
import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A name gives an IPv6 address, and this host has no way for IPv6. */
public final class Ipv6Unreachable implements Cause {
    /** What connect(2) says of IPv6 without a route, and without an address to come from. */
    private static final Set<Integer> NO_WAY =
            Set.of(Errno.ENETUNREACH, Errno.EADDRNOTAVAIL, Errno.EAFNOSUPPORT);

    private static final CauseInfo INFO =
            new CauseInfo(
                    "ipv6-unreachable",
                    Group.WRONG_PLACE,
                    Frequency.OCCASIONAL,
                    "The name yields an IPv6 address that this host cannot route",
                    """
                    nginx takes IPv4 and IPv6 addresses of a name in turn and, unlike browsers, does not prefer the family \
                    that works. Where the host (or the container) has no route for IPv6 a connect to such an address fails \
                    at once: errno 101, 99 or 97.""",
                    "The refused peer is an IPv6 address that is not loopback, and no route of nginx's network covers it.",
                    List.of(),
                    List.of(
                            "resolver ... ipv6=off for a name in upstream {} or in a pass without variables: libc resolves those at load",
                            "restarting the application: no packet is sent to it",
                            "that curl works: it falls back to IPv4"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Address.Tcp> peer =
                matter.tcpPeer()
                        .filter(p -> p.isIpv6() && !p.isLoopback())
                        .filter(p -> !Peers.isHere(matter.scene(), matter.network(), p));
        Optional<ConnectFailure> failure = ConnectFailure.of(matter, NO_WAY);
        if (peer.isEmpty() || failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Way> way = Way.to(matter);
        return way.filter(w -> !w.isMissing()).isPresent()
                        && failure.get().errno() != Errno.EADDRNOTAVAIL
                ? Judgement.ruledOut("a route leads to " + peer.get().host())
                : argue(matter, peer.get(), failure.get(), way);
    }

    private static Judgement argue(
            Matter matter, Address.Tcp peer, ConnectFailure failure, Optional<Way> way) {
        Argument argument =
                Argument.that("peer:" + peer, "nginx's network has no way for IPv6 to " + peer)
                        // These errnos come from the kernel's own lookup, before a packet is sent.
                        .because(STRONG, failure.sighting());
        way.ifPresentOrElse(
                w -> weigh(matter, peer, w, argument),
                () -> argument.missing("routes", "the IPv6 routes of nginx's network"));
        Optional<DnsLookup> name = name(matter, peer).findFirst();
        name.ifPresent(
                l ->
                        argument.because(
                                MODERATE,
                                matter.scene()
                                        .sighting(
                                                l,
                                                "%s is %s"
                                                        .formatted(
                                                                l.name(),
                                                                String.join(
                                                                        ", ", l.addresses())))));
        argument.explain(
                "%s is an IPv6 address; the kernel knows no way there and fails each connect at once."
                        .formatted(peer.host()));
        argument.now(
                "dial the IPv4 address",
                Risk.LOW,
                Steps.edit(
                        "%s write an IPv4 address%s in place of %s; of a name in a variable, 'resolver ... ipv6=off;' does it"
                                .formatted(
                                        Steps.atNamed(matter),
                                        name.map(Ipv6Unreachable::ipv4).orElse(""),
                                        name.map(DnsLookup::name).orElse(peer.host()))),
                Steps.reload(matter));
        argument.toStay(
                "or give this host IPv6: an address and a default route (a container engine gives none by default)",
                Risk.MEDIUM);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void weigh(Matter matter, Address.Tcp peer, Way way, Argument argument) {
        if (way.isMissing()) {
            argument.because(
                    DECISIVE,
                    matter.scene()
                            .sighting(
                                    way.tables(),
                                    way.hasIpv6()
                                            ? "no IPv6 route covers " + peer.host()
                                            : "nginx's network has no IPv6 route at all"));
        }
    }

    private static String ipv4(DnsLookup lookup) {
        return lookup.addresses().stream()
                .filter(a -> a.indexOf(':') < 0)
                .findFirst()
                .map(a -> " (" + a + ")")
                .orElse("");
    }

    /** The name in the configuration that leads to the peer. */
    private static Stream<DnsLookup> name(Matter matter, Address.Tcp peer) {
        return matter.upstreams()
                .flatMap(u -> u.peers().stream())
                .map(Peer::address)
                .filter(Address.Tcp.class::isInstance)
                .flatMap(a -> matter.scene().lookups(((Address.Tcp) a).host()))
                .filter(l -> l.addresses().contains(peer.host()));
    }
}
