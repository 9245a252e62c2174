package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import java.time.Instant;
import java.util.Optional;

/**
 * The weights that wrong-port, wrong-bind-address and wrong-socket-path share: is this other
 * listener the application that nginx means?
 */
final class Elsewhere {
    private Elsewhere() {}

    /**
     * The refusal and the empty place speak for every rival alike, so they weigh little here: what
     * makes the difference is the other listener.
     */
    static void nobodyListens(Matter matter, PeerSide side, Refusal refusal, Argument argument) {
        Strength absence = side.absence() == STRONG ? MODERATE : WEAK;
        argument.becauseLikeRivals(WEAK, refusal.sighting())
                .becauseLikeRivals(
                        absence,
                        matter.scene()
                                .sighting(side.table(), "nobody listens on " + matter.peerText()));
    }

    static void weigh(Matter matter, OtherListener other, Argument argument) {
        PeerHistory history = PeerHistory.of(matter);
        weighKinship(other, argument);
        weighTime(matter, other, history, argument);
        weighUnit(matter, other, argument);
        weighSpeech(matter, other, argument);
    }

    private static void weighKinship(OtherListener other, Argument argument) {
        String listens =
                "%s listens on %s and nothing passes to it".formatted(other.who(), other.address());
        if (other.kinship() == Kinship.STRANGER) {
            // Any host has listeners nobody passes to: said, but worth nothing by itself.
            argument.missing(
                    "processes", "what %s on %s is".formatted(other.who(), other.address()));
        } else {
            // An application server that no site uses has to be for something; a debugger's port or
            // a
            // tool of the same runtime would look the same.
            argument.because(MODERATE, "processes", listens, "ss -ltnxp");
        }
        if (other.kinship() == Kinship.NAMED) {
            argument.because(
                    MODERATE,
                    "names",
                    "%s bears the name '%s' like the failing site, upstream or socket"
                            .formatted(other.who(), other.word()),
                    "ps -o pid,user,args");
        }
        other.owner()
                .ifPresent(
                        o ->
                                argument.next(
                                        "ps -o pid,user,lstart,args -p " + o.pid(),
                                        "shows whether PID %d on %s is the application that nginx means"
                                                .formatted(o.pid(), other.address())));
    }

    private static void weighTime(
            Matter matter, OtherListener other, PeerHistory history, Argument argument) {
        if (other.wasThereWhen(history)) {
            argument.against(
                    STRONG,
                    "access.log",
                    "%s still answered at %s, when %s had been running beside it since %s"
                            .formatted(
                                    matter.peerText(),
                                    clock(matter, history.answered()),
                                    other.who(),
                                    clock(matter, other.since())),
                    "access log");
        } else if (other.cameAfter(history)) {
            argument.because(
                    STRONG,
                    "access.log",
                    "%s answered until %s, and %s was started after that, at %s"
                            .formatted(
                                    matter.peerText(),
                                    clock(matter, history.answered()),
                                    other.who(),
                                    clock(matter, other.since())),
                    "access log");
        } else if (history.retargeted().isPresent()) {
            argument.because(
                    STRONG,
                    "access.log",
                    "requests were answered until nginx loaded its configuration at %s, and failed after it"
                            .formatted(clock(matter, history.retargeted())),
                    "access log");
        } else if (history.never()) {
            argument.because(
                    WEAK,
                    "access.log",
                    "%s answered no request in the window".formatted(matter.peerText()),
                    "access log");
        }
    }

    private static String clock(Matter matter, Optional<Instant> at) {
        return at.map(matter.scene()::clock).orElse("an unknown time");
    }

    private static void weighUnit(Matter matter, OtherListener other, Argument argument) {
        unitOf(matter, other)
                .ifPresent(
                        u ->
                                argument.because(
                                        u.link() == PeerUnit.Link.NAME ? STRONG : DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        u.unit(),
                                                        "%s is active; %s, but its process listens on %s"
                                                                .formatted(
                                                                        u.unit().name(),
                                                                        u.tie(matter.peerText()),
                                                                        other.address()))));
    }

    /**
     * The unit that is meant to serve the peer's address, when it runs and this is its listener.
     */
    static Optional<PeerUnit> unitOf(Matter matter, OtherListener other) {
        Optional<String> unit = other.owner().flatMap(ProcessState::unit);
        return PeerUnit.of(matter)
                .filter(u -> u.isRunning() && unit.filter(u.unit().name()::equals).isPresent())
                .findFirst();
    }

    /** Only proxy_pass is asked for in a language a probe speaks. */
    private static void weighSpeech(Matter matter, OtherListener other, Argument argument) {
        if (matter.pass().filter(p -> p.kind() == PassKind.PROXY).isEmpty()) {
            return;
        }
        matter.scene()
                .probe(other.address(), PeerProbe.Kind.HTTP)
                .ifPresent(
                        probe -> {
                            if (probe.outcome() instanceof ProbeOutcome.Answered answer) {
                                weighAnswer(matter, probe, answer, argument);
                            }
                        });
    }

    private static void weighAnswer(
            Matter matter, PeerProbe probe, ProbeOutcome.Answered answer, Argument argument) {
        if (answer.status() > 0) {
            argument.because(
                    WEAK, matter.scene().sighting(probe, probe.peer() + " answers in HTTP"));
        } else {
            argument.against(
                    MODERATE,
                    matter.scene().sighting(probe, probe.peer() + " does not speak HTTP"));
        }
    }
}
