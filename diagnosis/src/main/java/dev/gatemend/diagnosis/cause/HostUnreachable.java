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
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Way;
import dev.gatemend.model.Address;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Routes.Neighbour;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** There is no way to the peer's machine, or it does not answer at all. */
public final class HostUnreachable implements Cause {
    private static final Set<Integer> NO_WAY =
            Set.of(Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.ETIMEDOUT);

    private static final Set<Integer> PROHIBITED = Set.of(Errno.EACCES);

    private static final CauseInfo INFO =
            new CauseInfo(
                    "host-unreachable",
                    Group.BLOCKED,
                    Frequency.RARE,
                    "No route leads to the peer, or its machine is off or unreachable",
                    """
                    Without a route a connect fails at once (errno 101; 13 where a route prohibits it). A machine on the same link that does not answer \
                    for its address makes it fail after some seconds (113), one further away lets it run into the time-out \
                    (110). A packet filter can look like each of these, so routes and neighbours are looked at.""",
                    "The routing table has no way, or the neighbour (the peer or the gateway) does not tell its link address.",
                    List.of("firewall-blocked", "stale-upstream-dns"),
                    List.of(
                            "restarting the application: the packets do not reach its machine",
                            "raising proxy_connect_timeout: nobody answers, however long one waits"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Way> way = Way.to(matter);
        boolean refused = way.filter(Way::isRefused).isPresent();
        Optional<ConnectFailure> failure =
                ConnectFailure.of(matter, NO_WAY)
                        .or(() -> ConnectFailure.of(matter, PROHIBITED).filter(_ -> refused));
        Optional<Address.Tcp> peer =
                matter.tcpPeer().filter(p -> !Peers.isHere(matter.scene(), matter.network(), p));
        if (failure.isEmpty() || peer.isEmpty() || isIpv6Matter(peer.get(), failure.get())) {
            return Judgement.notConcerned();
        }
        return way.filter(Way::isThere).isPresent() && failure.get().errno() != Errno.ETIMEDOUT
                ? Judgement.ruledOut(
                        "%s answers on its link, so the machine is there"
                                .formatted(peer.get().host()))
                : argue(matter, peer.get(), failure.get(), way);
    }

    /** That IPv6 leads nowhere is a story of its own. */
    private static boolean isIpv6Matter(Address.Tcp peer, ConnectFailure failure) {
        return peer.isIpv6() && failure.errno() == Errno.ENETUNREACH;
    }

    private static Judgement argue(
            Matter matter, Address.Tcp peer, ConnectFailure failure, Optional<Way> way) {
        Argument argument = Argument.that("peer:" + peer, title(peer, way));
        argument.becauseLikeRivals(MODERATE, failure.sighting());
        way.ifPresentOrElse(
                w -> weigh(matter, peer, w, argument),
                () -> argument.missing("routes", "the routes of nginx's network"));
        if (matter.connectsNow()) {
            argument.against(
                    STRONG, "probe", "a connect from nginx's network succeeds now", "" + peer);
        }
        PeerHistory.of(matter)
                .retargeted()
                .ifPresent(
                        at ->
                                argument.against(
                                        MODERATE,
                                        "access.log",
                                        "requests were answered until nginx loaded its configuration at %s, so it went elsewhere"
                                                .formatted(matter.scene().clock(at)),
                                        "access log"));
        argument.explain(explanation(peer, way));
        argument.next(
                Shell.command("ip", "route", "get", peer.host()),
                "shows which way packets to it take; then ping -c 3 %s".formatted(peer.host()));
        remedies(peer, way, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(Address.Tcp peer, Optional<Way> way) {
        if (way.filter(Way::isMissing).isPresent()) {
            return way.filter(Way::isRefused).isPresent()
                    ? "a route of nginx's network refuses the way to " + peer.host()
                    : "no route leads from nginx's network to " + peer.host();
        }
        return way.filter(Way::isSilent)
                .flatMap(Way::next)
                .map(
                        n ->
                                n.address().equals(peer.host())
                                        ? "no machine answers at %s on its own network"
                                                .formatted(peer.host())
                                        : "the gateway %s to %s does not answer"
                                                .formatted(n.address(), peer.host()))
                .orElseGet(() -> "the machine of %s may be off or unreachable".formatted(peer));
    }

    private static void weigh(Matter matter, Address.Tcp peer, Way way, Argument argument) {
        if (way.isMissing()) {
            argument.because(
                    DECISIVE,
                    matter.scene()
                            .sighting(
                                    way.tables(),
                                    way.route().isPresent()
                                            ? "the route for %s refuses"
                                                    .formatted(way.route().get().destination())
                                            : "no route covers " + peer.host()));
        } else if (way.isSilent()) {
            // The kernel asked for the link address and got none: off, unplugged, or nobody's.
            argument.because(
                    DECISIVE,
                    matter.scene()
                            .sighting(
                                    way.tables(),
                                    "%s is asked for on %s and does not answer"
                                            .formatted(
                                                    way.next().map(Neighbour::address).orElse(""),
                                                    way.next().map(Neighbour::device).orElse(""))));
        } else if (way.isThere()) {
            argument.against(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    way.tables(),
                                    "%s answers on its link: the machine is there"
                                            .formatted(peer.host())));
        } else {
            argument.missing("routes", "what lies behind the first step to " + peer.host());
        }
    }

    private static String explanation(Address.Tcp peer, Optional<Way> way) {
        if (way.filter(Way::isMissing).isPresent()) {
            return way.filter(Way::isRefused).isPresent()
                    ? "The kernel has a route for %s that refuses, so it sends nothing there."
                            .formatted(peer.host())
                    : "The kernel has no route for %s, so it sends nothing there."
                            .formatted(peer.host());
        }
        return way.filter(Way::isSilent).isPresent()
                ? "Packets to %s end at the first step, which nobody takes.".formatted(peer.host())
                : "nginx's connect to %s came to nothing; which machine on the way is silent cannot be seen from here."
                        .formatted(peer);
    }

    private static void remedies(Address.Tcp peer, Optional<Way> way, Argument argument) {
        if (way.filter(Way::isMissing).isPresent()) {
            argument.now(
                    "give nginx's host a route to it, or correct the address in the pass",
                    Risk.MEDIUM,
                    new Remedy.Step(
                            "ip route", "the routes there are; an interface that is down has none"),
                    Steps.edit("bring the interface or tunnel up that leads to " + peer.host()));
        } else {
            argument.now(
                    "see whether the machine is on and has that address",
                    Risk.LOW,
                    new Remedy.Step(
                            Shell.command("ping", "-c", "3", peer.host()),
                            "whether it answers at all"),
                    new Remedy.Step(
                            Shell.command("ip", "neigh", "show", peer.host()),
                            "FAILED or INCOMPLETE: nobody has that address on the link"));
        }
        argument.toStay(
                "a second server in the upstream, so that one machine's end is no outage",
                Risk.LOW);
    }
}
