package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx's own marking (max_fails) took the peers out after a minor failure. */
public final class UpstreamMarkedDown implements Cause {
    /** So many requests turned away for each that failed: the marking is the greater damage. */
    private static final long TIMES_MORE = 3;

    private static final CauseInfo INFO =
            new CauseInfo(
                    "upstream-marked-down",
                    Group.WRONG_PLACE,
                    Frequency.OCCASIONAL,
                    "max_fails took the peers out after a minor failure, and that is the damage",
                    """
                    A peer that fails max_fails times (one, unless set) within fail_timeout (10 s) is left alone for as long. \
                    One request that fails on every peer in turn takes them all out, and everybody gets 502 'no live \
                    upstreams' though the peers are well. A group of one peer is never marked (ngx_http_upstream_round_robin.c).""",
                    "Few failures of single requests, many 'no live upstreams' after them, and the peers take connections.",
                    List.of(),
                    List.of(
                            "restarting the application: it is well, nginx does not ask it",
                            "reloading nginx again and again: it forgets the marks, and the next failure makes new ones"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        List<ErrorGroup> turnedAway = turnedAway(matter).toList();
        Optional<Upstream> upstream = upstream(matter, turnedAway);
        if (upstream.isEmpty() || !isMarked(upstream.get())) {
            return Judgement.notConcerned();
        }
        long lost = turnedAway.stream().mapToLong(ErrorGroup::count).sum();
        long failed = matter.trouble() == Trouble.NO_PEERS ? 0 : matter.failures();
        boolean unwell = peers(upstream.get()).anyMatch(a -> fails(matter, a));
        if (lost < TIMES_MORE * Math.max(1, failed) || unwell) {
            return Judgement.ruledOut(
                    unwell
                            ? "a peer of the group takes no connections"
                            : "as many requests failed as were turned away");
        }
        return argue(matter, upstream.get(), turnedAway, lost, failed);
    }

    private static Stream<ErrorGroup> turnedAway(Matter matter) {
        return Stream.concat(matter.echoes().stream(), matter.errors().stream())
                .filter(g -> g.id().equals("no-live-upstreams"));
    }

    private static Optional<Upstream> upstream(Matter matter, List<ErrorGroup> turnedAway) {
        return turnedAway.stream()
                .flatMap(g -> g.peer().stream())
                .flatMap(name -> matter.configuration().flatMap(c -> c.upstream(name)).stream())
                .findFirst();
    }

    private static Stream<Address> peers(Upstream upstream) {
        return upstream.peers().stream().filter(p -> !p.down()).map(Peer::address);
    }

    /** At least two peers, none of which is spared the marking or limited in connections. */
    private static boolean isMarked(Upstream upstream) {
        return upstream.peers().stream().filter(p -> !p.down()).count() > 1
                && upstream.peers().stream().allMatch(p -> p.maxFails() > 0 && p.maxConns() == 0);
    }

    private static boolean fails(Matter matter, Address address) {
        return probe(matter, address)
                .filter(
                        p ->
                                p.outcome() instanceof ProbeOutcome.ConnectFailed
                                        || p.outcome() instanceof ProbeOutcome.ConnectTimedOut)
                .isPresent();
    }

    private static Optional<PeerProbe> probe(Matter matter, Address address) {
        return matter.scene().probe(address, PeerProbe.Kind.CONNECT);
    }

    private static Judgement argue(
            Matter matter, Upstream upstream, List<ErrorGroup> turnedAway, long lost, long failed) {
        Argument argument =
                Argument.that(
                        "upstream:" + upstream.name(),
                        "nginx marked all peers of %s down; %d requests were turned away"
                                .formatted(upstream.name(), lost));
        argument.because(MODERATE, matter.logged(turnedAway.getFirst()));
        if (failed > 0) {
            argument.because(
                    STRONG,
                    "error.log",
                    "%d failures, then %d requests that no peer was asked for"
                            .formatted(failed, lost),
                    turnedAway.getFirst().where());
        } else {
            argument.missing("error.log", "the failures that made nginx mark the peers");
        }
        oneClient(matter, argument);
        well(matter, upstream, argument);
        argument.explain(
                "After a failure on each peer nginx asks none of them for fail_timeout (10 s unless set) and answers 502 by itself.");
        argument.now(
                "let one failed request not take a peer out",
                Risk.LOW,
                Steps.edit(
                        "in upstream %s%s write max_fails=3 (or max_fails=0: never marked) on each server line"
                                .formatted(
                                        upstream.name(),
                                        upstream.position()
                                                .map(p -> " at " + p.fileAndLine())
                                                .orElse(""))),
                Steps.reload(matter));
        argument.toStay(
                "do not hand a request that fails by itself to every peer: proxy_next_upstream error; or proxy_next_upstream_tries 2;",
                Risk.LOW);
        if (failed > 0) {
            argument.toStay(
                    "find out why the first requests failed: their lines come before", Risk.LOW);
        }
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void oneClient(Matter matter, Argument argument) {
        matter.errors().stream()
                .filter(g -> !g.id().equals("no-live-upstreams") && g.exactConnections() == 1)
                .findFirst()
                .ifPresent(
                        g ->
                                argument.because(
                                        WEAK,
                                        "error.log",
                                        "the failures came over one client's connection",
                                        g.where()));
    }

    private static void well(Matter matter, Upstream upstream, Argument argument) {
        List<PeerProbe> probes = peers(upstream).flatMap(a -> probe(matter, a).stream()).toList();
        boolean all =
                probes.size() == peers(upstream).count()
                        && probes.stream()
                                .allMatch(p -> p.outcome() instanceof ProbeOutcome.Connected);
        if (all) {
            argument.because(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    probes.getFirst(), "each peer of the group takes connections"));
        } else {
            argument.missing("probes", "whether each peer takes connections");
        }
    }
}
