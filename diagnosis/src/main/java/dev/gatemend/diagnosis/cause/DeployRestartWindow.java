package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Container;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests failed only while the application was being stopped and started on purpose. */
public final class DeployRestartWindow implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "deploy-restart-window",
                    Group.NOTHING_LISTENS,
                    Frequency.COMMON,
                    "Failures only while it is being deployed, restarted or scaled, with no drain",
                    """
                    Between the end of the old process and the first listen(2) of the new one nobody takes connections. \
                    Each restart costs the requests of those seconds, and nothing is wrong before and after.""",
                    "The failures begin with a stop that was ordered and end with the start of the process that listens now.",
                    List.of(),
                    List.of(
                            "restarting nginx: it adds a gap of its own",
                            "raising nginx's time-outs: a refused connect fails at once"));

    /** A gap longer than this is an outage, whatever began it. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** A stop that drains takes a while before connects are refused. */
    private static final Duration DRAIN = Duration.ofSeconds(90);

    /** Logs count whole seconds. */
    private static final Duration TICK = Duration.ofSeconds(2);

    /** From an application's start to its first listen. */
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    /** The start of what serves now, or the stop of what served before. */
    private record Edge(String who, Instant at, Strength strength, Sighting sighting) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!isOfAGap(matter)
                || goesOn(matter)
                || matter.first().isEmpty()
                || matter.last().isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Edge> start =
                started(matter).filter(e -> ends(matter, e) && !closesItself(matter, e));
        Optional<Edge> stop = start.flatMap(s -> stopped(matter, s));
        if (stop.isEmpty() || isLong(matter)) {
            return Judgement.notConcerned();
        }
        return argue(matter, stop.get(), start.get());
    }

    /** Nobody took connections, or who had them went away; and nginx's way there is open now. */
    private static boolean isOfAGap(Matter matter) {
        return matter.trouble() == Trouble.CLOSED
                || (Refusal.of(matter).isPresent()
                        && Refusal.walk(matter).filter(w -> !leadsToASocket(w)).isEmpty());
    }

    /** What listens now closes connections as well: the start was no end of the failures. */
    private static boolean goesOn(Matter matter) {
        return matter.trouble() == Trouble.CLOSED
                && matter.probe(PeerProbe.Kind.HTTP)
                        .filter(ProbeOutcome.Closed.class::isInstance)
                        .isPresent();
    }

    private static boolean leadsToASocket(PathWalk walk) {
        return Refusal.end(walk).filter(s -> s.kind() == FileKind.SOCKET).isPresent();
    }

    private static boolean isLong(Matter matter) {
        return Duration.between(matter.first().orElseThrow(), matter.last().orElseThrow())
                        .compareTo(LONGEST)
                > 0;
    }

    private static Optional<Edge> started(Matter matter) {
        Optional<Container> container =
                PeerContainer.of(matter).stream().filter(Container::isRunning).findFirst();
        return container.isPresent()
                ? container.flatMap(c -> c.life().startedAt().map(at -> started(matter, c, at)))
                : matter.listener().flatMap(matter.scene()::owner).map(o -> started(matter, o));
    }

    private static Edge started(Matter matter, Container container, Instant at) {
        return new Edge(
                "container " + container.name(),
                at,
                STRONG,
                matter.scene()
                        .sighting(
                                container,
                                "container %s started at %s"
                                        .formatted(container.name(), matter.scene().clock(at))));
    }

    private static Edge started(Matter matter, ProcessState owner) {
        return new Edge(
                owner.unit().orElse("%s (PID %d)".formatted(owner.name(), owner.pid())),
                owner.startedAt(),
                STRONG,
                matter.scene()
                        .sighting(
                                owner,
                                "%s (PID %d), which listens there now, started at %s"
                                        .formatted(
                                                owner.name(),
                                                owner.pid(),
                                                matter.scene().clock(owner.startedAt()))));
    }

    /** The failures began before it was up and stopped soon after it started. */
    private static boolean ends(Matter matter, Edge start) {
        Instant first = matter.first().orElseThrow();
        Instant last = matter.last().orElseThrow();
        return !start.at().isBefore(first.minus(TICK))
                && !start.at().isAfter(last.plus(LONGEST))
                && !last.isAfter(start.at().plus(WARM_UP));
    }

    /** The old process closes connections as it ends; later ones the new one has closed. */
    private static boolean closesItself(Matter matter, Edge start) {
        return matter.trouble() == Trouble.CLOSED
                && matter.last().orElseThrow().isAfter(start.at().plus(TICK))
                && PeerHistory.of(matter)
                        .meanwhile()
                        .flatMap(AccessGroup::last)
                        .filter(start.at()::isBefore)
                        .isEmpty();
    }

    private static Optional<Edge> stopped(Matter matter, Edge start) {
        Optional<Edge> container =
                PeerContainer.of(matter).stream()
                        .filter(c -> c.isRunning() && PeerContainer.endedInOrder(c))
                        .flatMap(
                                c ->
                                        c
                                                .life()
                                                .finishedAt()
                                                .map(at -> stopped(matter, c, at))
                                                .stream())
                        .filter(e -> begins(matter, e, start))
                        .findFirst();
        return container.isPresent()
                ? container
                : Account.of(matter).stream()
                        .flatMap(a -> a.lines().stream().flatMap(t -> stopped(a, t).stream()))
                        .filter(e -> begins(matter, e, start))
                        .findFirst();
    }

    private static Edge stopped(Matter matter, Container container, Instant at) {
        return new Edge(
                "container " + container.name(),
                at,
                DECISIVE,
                matter.scene()
                        .sighting(
                                container,
                                "its run before that ended in order at %s"
                                        .formatted(matter.scene().clock(at))));
    }

    /** The two edges of one gap, though only words, are no coincidence. */
    private static Optional<Edge> stopped(Account account, Testimony said) {
        return said.is(Words.STOPPING) && said.until().isPresent()
                ? said.from().map(at -> new Edge(account.who(), at, STRONG, said.sighting()))
                : Optional.empty();
    }

    /** Not after the first failure, and no longer before it than a drain takes. */
    private static boolean begins(Matter matter, Edge stop, Edge start) {
        Instant first = matter.first().orElseThrow();
        return !stop.at().isAfter(first.plus(TICK))
                && !stop.at().isBefore(first.minus(DRAIN))
                && !stop.at().isAfter(start.at().plus(TICK));
    }

    private static Judgement argue(Matter matter, Edge stop, Edge start) {
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s was being restarted from %s to %s"
                                        .formatted(
                                                start.who(),
                                                matter.scene().clock(stop.at()),
                                                matter.scene().clock(start.at()))));
        Gone.weighLogged(matter, argument);
        argument.because(stop.strength(), stop.sighting());
        argument.because(start.strength(), start.sighting());
        PeerHistory.answeredUntil(matter).ifPresent(s -> argument.because(MODERATE, s));
        argument.explain(
                "The application behind %s was stopped and started again on purpose; requests failed in between, and it serves again."
                        .formatted(matter.peerText()));
        argument.toStay(
                "let the new process listen before the old one goes",
                Risk.MEDIUM,
                Steps.edit(
                        "a socket unit that keeps the listening socket over a restart, a reload (systemctl reload, kill -HUP) in place of a restart, or a second peer that takes over"));
        argument.toStay(
                "have nginx try another peer meanwhile",
                Risk.LOW,
                Steps.edit("two servers in the upstream, restarted one after the other"));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
