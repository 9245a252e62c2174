package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;

/** Every peer had as many connections as max_conns allows, so nginx had none left to ask. */
public final class MaxConnsReached implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "max-conns-reached",
                    Group.SLOW_OR_BUSY,
                    Frequency.RARE,
                    "max_conns of the peers is reached; nginx says no live upstreams though they are well",
                    """
                    max_conns on a server line is the most connections nginx opens to that peer. When all peers are at it, \
                    the request is not queued: nginx answers 502 at once and logs 'no live upstreams', the same words as for \
                    peers it took out after failures. Without a zone each worker counts for itself.""",
                    "max_conns on every server line of the group, no failure before, and peers that take connections.",
                    List.of(),
                    List.of(
                            "restarting nginx or the peers: they are well",
                            "raising max_fails or fail_timeout: no peer failed"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.trouble() != Trouble.NO_PEERS) {
            return Judgement.notConcerned();
        }
        Optional<ErrorGroup> turnedAway = matter.error(g -> g.id().equals("no-live-upstreams"));
        Optional<Upstream> upstream =
                matter.name().flatMap(n -> matter.configuration().flatMap(c -> c.upstream(n)));
        if (turnedAway.isEmpty() || upstream.isEmpty() || serving(upstream.get()).isEmpty()) {
            return Judgement.notConcerned();
        }
        return serving(upstream.get()).stream().allMatch(p -> p.maxConns() > 0)
                ? argue(matter, turnedAway.get(), upstream.get())
                : Judgement.ruledOut("not every peer of the group has a max_conns");
    }

    private static List<Peer> serving(Upstream upstream) {
        return upstream.peers().stream().filter(p -> !p.down()).toList();
    }

    private static Judgement argue(Matter matter, ErrorGroup turnedAway, Upstream upstream) {
        List<Peer> peers = serving(upstream);
        int allowed = peers.stream().mapToInt(Peer::maxConns).sum();
        String where =
                peers.getFirst()
                        .position()
                        .or(upstream::position)
                        .map(Position::fileAndLine)
                        .orElse("nginx.conf");
        Argument argument =
                Argument.that(
                                "upstream:" + upstream.name(),
                                "%s is at its max_conns (%d in all), so nginx has no peer to ask"
                                        .formatted(upstream.name(), allowed))
                        .because(MODERATE, matter.logged(turnedAway))
                        .because(
                                STRONG,
                                "configuration",
                                "max_conns=%d on every server line of %s"
                                        .formatted(peers.getFirst().maxConns(), upstream.name()),
                                where);
        well(matter, peers, argument);
        argument.because(
                WEAK, "error.log", "no failure of a peer is logged before", turnedAway.where());
        argument.explain(
                "More requests were under way than max_conns lets through; nginx does not queue the rest, it answers 502.");
        argument.now(
                "let more connections through, as many as the application can work on",
                Risk.MEDIUM,
                Edit.of(matter, "at %s raise max_conns, or add peers".formatted(where)));
        argument.toStay(
                "find out whether the application became slow: the same traffic then needs more connections",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void well(Matter matter, List<Peer> peers, Argument argument) {
        List<PeerProbe> probes =
                peers.stream()
                        .flatMap(
                                p ->
                                        matter
                                                .scene()
                                                .probe(p.address(), PeerProbe.Kind.CONNECT)
                                                .stream())
                        .toList();
        Optional<PeerProbe> unwell =
                probes.stream()
                        .filter(p -> !(p.outcome() instanceof ProbeOutcome.Connected))
                        .findFirst();
        unwell.ifPresent(
                p ->
                        argument.against(
                                STRONG,
                                matter.scene()
                                        .sighting(
                                                p, "%s takes no connections".formatted(p.peer()))));
        if (unwell.isEmpty() && !probes.isEmpty()) {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    probes.getFirst(), "each peer of the group takes connections"));
        }
    }
}
