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
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.Address;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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

    static void weigh(Intended intended, Argument argument) {
        weighKinship(intended.other(), argument);
        weighTime(intended, argument);
        weighUnit(intended, argument);
        weighStopped(intended.matter(), argument);
        weighRival(intended, argument);
        weighSpeech(intended.matter(), intended.other(), argument);
    }

    /** Whoever is known to serve that very address, and was stopped, did not go elsewhere. */
    private static void weighStopped(Matter matter, Argument argument) {
        StoppedOwner.unit(matter)
                .filter(u -> u.isSure() && u.isInactive())
                .ifPresent(u -> argument.against(STRONG, u.sighting(matter)));
    }

    /**
     * One application can be what one of two peers has lost, not what both have. The nearer port is
     * the likelier one, and no more than that.
     */
    private static void weighRival(Intended intended, Argument argument) {
        if (intended.unit().isPresent() || intended.portStrength().isPresent()) {
            return;
        }
        intended.rival()
                .filter(intended::isNearerTo)
                .ifPresent(
                        rival ->
                                argument.against(
                                        WEAK,
                                        "sockets",
                                        "nobody listens on %s either, where nginx passes to as well: %s may be what is missing there"
                                                .formatted(rival, intended.other().who()),
                                        "ss -ltnp"));
    }

    /** It says whose the process is, and little of what this listener of it is for. */
    private static void weighKinship(OtherListener other, Argument argument) {
        String listens =
                "%s listens on %s and nothing passes to it".formatted(other.who(), other.address());
        if (other.kinship() == Kinship.STRANGER) {
            // Any host has listeners nobody passes to: said, but worth nothing by itself.
            argument.missing(
                    "processes", "what %s on %s is".formatted(other.who(), other.address()));
        } else {
            // An application server that no site uses has to be for something; what runs in an
            // interpreter may as well count, control or debug.
            argument.because(
                    other.isApplicationServer() || isMain(other) ? MODERATE : WEAK,
                    "processes",
                    listens,
                    "ss -ltnxp");
        }
        other.stage()
                .ifPresent(
                        word ->
                                argument.against(
                                        MODERATE,
                                        "stage",
                                        "%s belongs to another stage: '%s' in its directory, command or environment, not in the site's name"
                                                .formatted(other.who(), word),
                                        "ps -o pid,user,args; /proc/%d/cwd"
                                                .formatted(
                                                        other.owner()
                                                                .map(ProcessState::pid)
                                                                .orElse(0))));
        if (other.kinship() == Kinship.NAMED) {
            argument.because(
                    WEAK,
                    "processes",
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

    /** In a directory of the site's own, what everybody calls his application. */
    private static boolean isMain(OtherListener other) {
        return other.kinship() == Kinship.NAMED && other.isEntryPoint();
    }

    private static void weighTime(Intended intended, Argument argument) {
        Matter matter = intended.matter();
        OtherListener other = intended.other();
        PeerHistory history = PeerHistory.of(matter);
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
                    ofMove(intended),
                    "access.log",
                    "%s answered until %s, and %s was started after that, at %s"
                            .formatted(
                                    matter.peerText(),
                                    clock(matter, history.answered()),
                                    other.who(),
                                    clock(matter, other.since())),
                    "access log");
        } else if (other.wasThereAtLoad(history)) {
            argument.because(
                    ofMove(intended),
                    "access.log",
                    "requests were answered until nginx loaded its configuration at %s, and failed after it"
                            .formatted(clock(matter, history.retargeted())),
                    "access log");
        } else if (intended.sole() && intended.isMove()) {
            argument.because(
                    MODERATE,
                    "time",
                    "the failures began just after %s came or nginx loaded its configuration beside it"
                            .formatted(other.who()),
                    "ps -o pid,lstart,args");
        }
    }

    /** Of several that came or stayed alike, one is the application and the others are not. */
    private static Strength ofMove(Intended intended) {
        return intended.sole() ? STRONG : MODERATE;
    }

    private static String clock(Matter matter, Optional<Instant> at) {
        return at.map(matter.scene()::clock).orElse("an unknown time");
    }

    private static void weighUnit(Intended intended, Argument argument) {
        intended.unit().ifPresent(u -> weighUnit(intended, u, argument));
    }

    private static void weighUnit(Intended intended, PeerUnit unit, Argument argument) {
        Matter matter = intended.matter();
        Address other = intended.other().address();
        if (unit.names(other)) {
            argument.against(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    unit.unit(),
                                    "%s names %s beside %s, so they are two things"
                                            .formatted(
                                                    unit.unit().name(), other, matter.peerText())));
        } else {
            argument.because(
                    DECISIVE,
                    matter.scene()
                            .sighting(
                                    unit.unit(),
                                    "%s is active; %s, but its process listens on %s"
                                            .formatted(
                                                    unit.unit().name(),
                                                    unit.tie(matter.peerText()),
                                                    other)));
        }
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
                            if (probe.outcome() instanceof ProbeOutcome.Answered answer
                                    && answer.status() == 0) {
                                argument.against(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        probe,
                                                        probe.peer() + " does not speak HTTP"));
                            }
                        });
    }

    /** What the reader does before dialling a listener that nothing but kinship speaks for. */
    private static Stream<Remedy.Step> look(OtherListener other) {
        return Stream.concat(
                other
                        .owner()
                        .map(
                                o ->
                                        new Remedy.Step(
                                                "ps -o pid,user,lstart,args -p " + o.pid(),
                                                "says which program that is"))
                        .stream(),
                Stream.of(new Remedy.Step(curl(other.address()), "says what it serves")));
    }

    private static String curl(Address address) {
        return switch (address) {
            case Address.Tcp tcp ->
                    Shell.command(
                            "curl",
                            "-sSi",
                            "-m",
                            "5",
                            "http://"
                                    + (tcp.isWildcard()
                                            ? new Address.Tcp(
                                                    tcp.isIpv6() ? "::1" : "127.0.0.1", tcp.port())
                                            : tcp)
                                    + "/");
            case Address.Unix unix ->
                    Shell.command(
                            "sudo",
                            "curl",
                            "-sSi",
                            "-m",
                            "5",
                            "--unix-socket",
                            unix.path(),
                            "http://localhost/");
        };
    }

    /**
     * The edit that makes nginx dial the listener; after a look at it where nothing shows that it
     * is meant, for it may be a control socket or a stranger's, which the edit would publish.
     */
    static void dial(Intended intended, Address address, Argument argument) {
        Matter matter = intended.matter();
        String edit =
                "%s write %s in place of %s"
                        .formatted(Steps.atNamed(matter), address, matter.peerText());
        if (intended.isShown()) {
            argument.now(
                    "make nginx dial %s, if that is the application meant".formatted(address),
                    Risk.LOW,
                    Steps.edit(edit),
                    Steps.reload(matter));
        } else {
            argument.now(
                    "see first who listens on %s, and make nginx dial it only if nginx means it"
                            .formatted(intended.other().address()),
                    Risk.MEDIUM,
                    Stream.concat(
                                    look(intended.other()),
                                    Stream.of(
                                            Steps.edit(
                                                    "only if that is the application of the site, for anything else would be published: "
                                                            + edit),
                                            Steps.reload(matter)))
                            .toArray(Remedy.Step[]::new));
        }
    }
}
