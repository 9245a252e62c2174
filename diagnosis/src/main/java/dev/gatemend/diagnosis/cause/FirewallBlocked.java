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
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.FirewallRule;
import dev.gatemend.model.FirewallRule.Match;
import dev.gatemend.model.FirewallRules;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** A packet filter keeps nginx's connects from the peer. */
public final class FirewallBlocked implements Cause {
    /** What a reject looks like: port, host or net unreachable, administratively prohibited. */
    private static final Set<Integer> REJECTED =
            Set.of(
                    Errno.ECONNREFUSED,
                    Errno.EHOSTUNREACH,
                    Errno.ENETUNREACH,
                    Errno.EACCES,
                    Errno.EPERM);

    private static final CauseInfo INFO =
            new CauseInfo(
                    "firewall-blocked",
                    Group.BLOCKED,
                    Frequency.OCCASIONAL,
                    "A packet filter rejects or drops the way from nginx to the peer",
                    """
                    A dropped connect runs into the time-out (errno 110), a rejected one fails at once (111, 113 or 13) \
                    although somebody listens there. Connects within one host pass the output and the input hook too.""",
                    "A rule matches address and port and does what the errno says, and a listener is there.",
                    List.of(),
                    List.of(
                            "raising proxy_connect_timeout: what is dropped never arrives",
                            "restarting the application: it listens",
                            "switching the firewall off: one accepting rule is enough"));

    private static final Pattern OWNER =
            Pattern.compile("\\b(skuid|skgid|uid-owner|gid-owner|cgroup)");

    /** What nginx or a probe ran into. */
    private record Failure(int errno, Sighting sighting) {}

    private record Hit(FirewallRules rules, FirewallRule rule, Match match) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Failure> failure = failure(matter);
        if (matter.trouble() != Trouble.CONNECT
                || matter.tcpPeer().isEmpty()
                || failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Address.Tcp peer = matter.tcpPeer().get();
        boolean here = Peers.isHere(matter.scene(), matter.network(), peer);
        if (here && failure.get().errno() == Errno.ECONNREFUSED && matter.nobodyListens()) {
            return Judgement.ruledOut(
                    "nobody listens on %s, and that alone makes the kernel refuse".formatted(peer));
        }
        List<FirewallRules> seen = matter.scene().firewall(matter.network()).toList();
        Optional<Hit> hit = hit(seen, peer, here, failure.get().errno());
        if (hit.isPresent()) {
            return argue(matter, peer, failure.get(), hit.get());
        }
        return here && !seen.isEmpty() && failure.get().errno() != Errno.EPERM
                ? Judgement.ruledOut("no rule read here rejects or drops connects to " + peer)
                : unseen(matter, peer, here, failure.get());
    }

    private static Optional<Failure> failure(Matter matter) {
        return matter.errors().isEmpty()
                ? matter.peer()
                        .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.CONNECT))
                        .flatMap(probe -> probed(matter, probe))
                : matter.error(FirewallBlocked::fits)
                        .map(g -> new Failure(g.sample().errno().getAsInt(), matter.logged(g)));
    }

    /** A synchronous EACCES of connect() on TCP is a security module's, not a filter's. */
    private static boolean fits(ErrorGroup group) {
        int errno = group.sample().errno().orElse(0);
        boolean bySecurityModule =
                errno == Errno.EACCES && group.id().startsWith("connect-to-failed");
        return (errno == Errno.ETIMEDOUT || REJECTED.contains(errno)) && !bySecurityModule;
    }

    private static Optional<Failure> probed(Matter matter, PeerProbe probe) {
        return switch (probe.outcome()) {
            case ProbeOutcome.ConnectTimedOut out ->
                    Optional.of(
                            new Failure(
                                    Errno.ETIMEDOUT,
                                    matter.scene()
                                            .sighting(
                                                    probe,
                                                    "a connect is not answered within %d s"
                                                            .formatted(out.waited().toSeconds()))));
            case ProbeOutcome.ConnectFailed failed when REJECTED.contains(failed.errno()) ->
                    Optional.of(
                            new Failure(
                                    failed.errno(),
                                    matter.scene()
                                            .sighting(probe, "a connect fails: " + failed.text())));
            case ProbeOutcome.ConnectFailed _,
                    ProbeOutcome.Connected _,
                    ProbeOutcome.TlsFailed _,
                    ProbeOutcome.Silent _,
                    ProbeOutcome.Closed _,
                    ProbeOutcome.Answered _ ->
                    Optional.empty();
        };
    }

    /** The surest rule whose effect is what was seen. */
    private static Optional<Hit> hit(
            List<FirewallRules> seen, Address.Tcp peer, boolean here, int errno) {
        List<Hit> hits = new ArrayList<>();
        for (FirewallRules rules : seen) {
            for (FirewallRule rule : rules.rules()) {
                Match match = rule.match(peer, here);
                if (match != Match.NO && agrees(rule, errno)) {
                    hits.add(new Hit(rules, rule, match));
                }
            }
        }
        return hits.stream().max(Comparator.comparing(Hit::match));
    }

    /**
     * A dropped SYN is sent again until the time-out, on the output hook too; only a reject fails a
     * connect at once. Neither gives EPERM, which a cgroup's program does.
     */
    private static boolean agrees(FirewallRule rule, int errno) {
        return rule.verdict().equals("drop")
                ? errno == Errno.ETIMEDOUT
                : REJECTED.contains(errno) && errno != Errno.EPERM;
    }

    private static Judgement argue(Matter matter, Address.Tcp peer, Failure failure, Hit hit) {
        FirewallRule rule = hit.rule();
        boolean certain = hit.match() == Match.YES;
        String does = rule.verdict().equals("drop") ? "drops" : "rejects";
        Argument argument =
                Argument.that(
                                "peer:" + peer,
                                "a rule of the packet filter %s%s connects to %s"
                                        .formatted(certain ? "" : "perhaps ", does, peer))
                        .because(MODERATE, failure.sighting())
                        .because(
                                certain ? DECISIVE : MODERATE,
                                matter.scene()
                                        .sighting(
                                                hit.rules(),
                                                "%s: %s".formatted(rule.chain(), rule.text())));
        weighCounter(hit, argument);
        if (matter.connectsNow()) {
            argument.against(
                    asksForOwner(rule) ? WEAK : STRONG,
                    "probe",
                    "a connect from nginx's network succeeds now",
                    "" + peer);
        }
        matter.listener().ifPresent(l -> argument.because(WEAK, "sockets", listens(l), "ss -ltnp"));
        argument.explain(
                "The chain %s %s what nginx sends to %s before the application sees it."
                        .formatted(rule.chain(), does, peer));
        remedies(peer, hit, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /**
     * A rule about the sender's user or cgroup stops nginx, and lets a probe of another one pass.
     */
    private static boolean asksForOwner(FirewallRule rule) {
        return OWNER.matcher(rule.text()).find();
    }

    private static String listens(Listener listener) {
        return "somebody listens on %s, so the application is there".formatted(listener.address());
    }

    private static void weighCounter(Hit hit, Argument argument) {
        OptionalLong packets = hit.rule().packets();
        if (packets.isPresent() && packets.getAsLong() == 0) {
            argument.against(
                    STRONG, "firewall", "the rule counts no packet that it stopped", list(hit));
        }
        if (packets.isPresent() && packets.getAsLong() > 0) {
            argument.because(
                    // What it counts is of that user alone.
                    asksForOwner(hit.rule()) ? MODERATE : WEAK,
                    "firewall",
                    "the rule stopped %d packets so far".formatted(packets.getAsLong()),
                    list(hit));
        }
    }

    private static String list(Hit hit) {
        return switch (hit.rules().tool()) {
            case "iptables" -> "sudo iptables-save -c";
            case "ip6tables" -> "sudo ip6tables-save -c";
            default -> "sudo nft list ruleset";
        };
    }

    private static void remedies(Address.Tcp peer, Hit hit, Argument argument) {
        Remedy.Step look = new Remedy.Step(list(hit), "shows the rule and who made it");
        Remedy.Step accept =
                accept(peer, hit)
                        .map(
                                c ->
                                        new Remedy.Step(
                                                c,
                                                "an accepting rule before the one that stops it"))
                        .orElseGet(
                                () ->
                                        Steps.edit(
                                                "put a rule that accepts tcp to %s before it"
                                                        .formatted(peer)));
        argument.now("let nginx's connects to %s pass".formatted(peer), Risk.MEDIUM, look, accept);
        argument.toStay(
                "make the same exception where the rules are kept (nftables.conf, ufw, firewalld, a provider's tool), or it is gone at the next load",
                Risk.LOW);
    }

    private static Optional<String> accept(Address.Tcp peer, Hit hit) {
        String port = Integer.toString(peer.port());
        if (!hit.rules().tool().equals("nft")) {
            String chain = hit.rule().chain();
            return Optional.of(
                    Shell.command(
                            "sudo",
                            hit.rules().tool(),
                            "-I",
                            chain.substring(chain.indexOf('/') + 1),
                            "1",
                            "-p",
                            "tcp",
                            "-d",
                            peer.host(),
                            "--dport",
                            port,
                            "-j",
                            "ACCEPT"));
        }
        String[] chain = hit.rule().chain().split(" ", 4);
        return chain.length != 3 || !peer.isLiteral()
                ? Optional.empty()
                : Optional.of(
                        Shell.command(
                                "sudo",
                                "nft",
                                "insert",
                                "rule",
                                chain[0],
                                chain[1],
                                chain[2],
                                peer.isIpv6() ? "ip6" : "ip",
                                "daddr",
                                peer.host(),
                                "tcp",
                                "dport",
                                port,
                                "accept"));
    }

    /** No rule was seen: one at the peer, on the way, or one that could not be read. */
    private static Judgement unseen(
            Matter matter, Address.Tcp peer, boolean here, Failure failure) {
        Optional<Listener> listener = matter.listener();
        if (here && listener.isEmpty()) {
            return Judgement.notConcerned();
        }
        // Whom a text shows may have come to listen after the failures.
        boolean seen = !matter.scene().isGiven();
        boolean tells = failure.errno() != Errno.ECONNREFUSED || (here && seen);
        Argument argument =
                Argument.that(
                                "peer:" + peer,
                                "a packet filter may be in the way to %s".formatted(peer))
                        // A far machine refuses for many reasons and seldom for this one.
                        .because(tells ? MODERATE : WEAK, failure.sighting());
        listener.filter(_ -> seen)
                .ifPresent(l -> argument.because(MODERATE, "sockets", listens(l), "ss -ltnp"));
        argument.missing("firewall", notSeen(matter, peer, here, failure));
        argument.explain(
                "The connect to %s failed the way a packet filter makes it fail; no such rule has been seen."
                        .formatted(peer));
        argument.next(
                "sudo nft list ruleset",
                here
                        ? "shows whether a rule stops connects to " + peer
                        : "at %s: shows whether a rule there stops nginx's address"
                                .formatted(peer.host()));
        argument.now(
                "look for a rule that stops tcp to %s".formatted(peer),
                Risk.LOW,
                new Remedy.Step(
                        "sudo nft list ruleset", "also the provider's own firewall, if any"));
        return argument.judgement();
    }

    private static String notSeen(Matter matter, Address.Tcp peer, boolean here, Failure failure) {
        if (failure.errno() == Errno.EPERM) {
            return "a program on nginx's cgroup (IPAddressDeny= or RestrictNetworkInterfaces= of its unit)";
        }
        return here
                ? matter.scene()
                        .couldNotLook("firewall")
                        .orElse("the rules of this host's packet filter")
                : "the rules at %s and on the way to it".formatted(peer.host());
    }
}
