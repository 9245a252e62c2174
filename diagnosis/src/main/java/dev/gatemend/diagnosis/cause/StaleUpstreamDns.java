package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.StrayPeer;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** nginx keeps the address a name had when it loaded its configuration; the peer has moved. */
public final class StaleUpstreamDns implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "stale-upstream-dns",
                    Group.WRONG_PLACE,
                    Frequency.VERY_COMMON,
                    "nginx keeps the address it resolved at start; the peer has moved",
                    """
                    A name in a pass or a server line is resolved once, when nginx starts or reloads, and its address is \
                    dialled until the next load. When a container is made anew, a balancer is renumbered or a record is \
                    changed, nginx goes on dialling the old address: nobody is there, or somebody else.""",
                    "The dialled address is no longer among the name's addresses, and no file names it.",
                    List.of(),
                    List.of(
                            "restarting nginx for good: it ends this one, and the next move brings it back",
                            "the resolver directive alone: a literal name is still resolved at load only",
                            "flushing a DNS cache: nginx asks nobody after the load"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<StrayPeer> stray = StrayPeer.of(matter).filter(_ -> !matter.errors().isEmpty());
        return stray.flatMap(s -> s.outdated(matter.scene()))
                .map(lookup -> argue(matter, lookup))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, DnsLookup lookup) {
        Address.Tcp peer = matter.tcpPeer().orElseThrow();
        String now = String.join(", ", lookup.addresses());
        Argument argument =
                Argument.that(
                        "name:" + lookup.name(),
                        "nginx dials %s, but %s is %s now"
                                .formatted(peer, name(lookup), lookup.addresses().getFirst()));
        matter.errors().stream()
                .findFirst()
                .ifPresent(e -> argument.becauseLikeRivals(MODERATE, matter.logged(e)));
        argument.because(
                strength(lookup),
                matter.scene()
                        .sighting(
                                lookup,
                                "%s is %s; %s is not among them"
                                        .formatted(lookup.name(), now, peer.host())));
        loaded(matter, lookup, argument);
        answers(matter, peer, lookup, argument);
        argument.explain(
                "nginx resolved %s when it loaded its configuration and has dialled %s since; the name has moved to %s."
                        .formatted(lookup.name(), peer.host(), now));
        argument.now("let nginx resolve the name anew", Risk.LOW, Steps.reload(matter));
        argument.toStay(
                "let nginx resolve it while it runs",
                Risk.MEDIUM,
                Steps.edit(
                        "a resolver directive, and the name in a variable (set $backend %s; proxy_pass http://$backend:%d;); from nginx 1.27.3 on also 'server %s:%d resolve;' with a zone"
                                .formatted(
                                        lookup.name(), peer.port(), lookup.name(), peer.port())));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String name(DnsLookup lookup) {
        return lookup.name().length() > 30
                ? "the name " + lookup.name().substring(0, 20) + "..."
                : lookup.name();
    }

    /** A name with many addresses may give a part of them with each answer. */
    private static Strength strength(DnsLookup lookup) {
        return lookup.addresses().size() > 2 ? STRONG : DECISIVE;
    }

    private static void loaded(Matter matter, DnsLookup lookup, Argument argument) {
        matter.master()
                .flatMap(NginxMaster::workersSince)
                .ifPresent(
                        at ->
                                argument.because(
                                        Strength.WEAK,
                                        "processes",
                                        "nginx loaded its configuration at %s, and resolves %s at no other time"
                                                .formatted(matter.scene().clock(at), lookup.name()),
                                        "ps -o pid,lstart,args -C nginx"));
    }

    private static void answers(
            Matter matter, Address.Tcp peer, DnsLookup lookup, Argument argument) {
        lookup.addresses().stream()
                .map(a -> new Address.Tcp(a, peer.port()))
                .flatMap(a -> matter.scene().probe(a, PeerProbe.Kind.CONNECT).stream())
                .filter(p -> p.outcome() instanceof ProbeOutcome.Connected)
                .findFirst()
                .ifPresent(
                        p ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "%s takes connections, the new address"
                                                                .formatted(p.peer()))));
    }
}
