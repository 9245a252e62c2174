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
import dev.gatemend.diagnosis.PeerProcess;
import dev.gatemend.diagnosis.PeerProgram;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Restarter;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Container;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The application comes up and dies again and again. */
public final class AppCrashLoop implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-crash-loop",
                    Group.NOTHING_LISTENS,
                    Frequency.RARE,
                    "It comes up and dies again and again, so requests fail in waves",
                    """
                    A service manager starts the application each time it ends. Between a start and the next death it \
                    answers; in between connects are refused and open requests are cut off.""",
                    "The restart counter of the unit or container rises, or the log holds several starts, each followed by an end. Where the inner cause is known, that is the verdict.",
                    List.of(
                            "out-of-memory",
                            "app-crashed-at-start",
                            "app-segfault",
                            "dependency-down",
                            "port-conflict"),
                    List.of(
                            "restarting it once more: it does that by itself",
                            "restarting nginx: it is the application that comes and goes"));

    /** Once is a restart, twice may be a deploy that went wrong. */
    private static final int LOOP = 3;

    /** A loop that still turns has started its application not long ago. */
    private static final Duration RECENTLY = Duration.ofMinutes(2);

    private static final Set<Words> ENDS =
            Set.of(Words.CRASHED, Words.EXITED, Words.FAULT, Words.BOOT_FAILED);

    /** Who loops, how that is known, and how surely. */
    private record Loop(String who, Strength strength, Sighting sighting, Remedy.Step log) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.trouble() != Trouble.CONNECT && matter.trouble() != Trouble.CLOSED) {
            return Judgement.notConcerned();
        }
        List<Loop> loops = new ArrayList<>();
        unit(matter).ifPresent(loops::add);
        container(matter).ifPresent(loops::add);
        program(matter).ifPresent(loops::add);
        shell(matter).ifPresent(loops::add);
        Account.of(matter).forEach(a -> said(a).ifPresent(loops::add));
        return loops.isEmpty() ? Judgement.notConcerned() : argue(matter, loops);
    }

    private static Optional<Loop> unit(Matter matter) {
        return PeerUnit.of(matter)
                .filter(u -> u.unit().restarts() >= LOOP)
                .filter(
                        u ->
                                u.unit().activeState().equals("activating")
                                        || (u.isRunning() && isRecent(matter, u.unit().since())))
                .findFirst()
                .map(
                        u ->
                                new Loop(
                                        u.unit().name(),
                                        u.isSure() ? DECISIVE : STRONG,
                                        matter.scene()
                                                .sighting(
                                                        u.unit(),
                                                        "%s, and systemd started it again %d times; %s"
                                                                .formatted(
                                                                        u.state(matter.scene()),
                                                                        u.unit().restarts(),
                                                                        u.tie(matter.peerText()))),
                                        Steps.journal(u.unit().name(), "each end and its reason")));
    }

    private static boolean isRecent(Matter matter, Optional<Instant> since) {
        return since.filter(s -> s.isAfter(matter.scene().snapshot().at().minus(RECENTLY)))
                .isPresent();
    }

    private static Optional<Loop> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(c -> c.life().restarts() >= LOOP)
                .filter(
                        c ->
                                c.life().state().equals("restarting")
                                        || (c.isRunning()
                                                && isRecent(matter, c.life().startedAt())))
                .findFirst()
                .map(c -> loop(matter, c));
    }

    private static Loop loop(Matter matter, Container container) {
        return new Loop(
                "container " + container.name(),
                DECISIVE,
                matter.scene()
                        .sighting(
                                container,
                                "%s, started again %d times"
                                        .formatted(
                                                PeerContainer.state(matter.scene(), container),
                                                container.life().restarts())),
                Steps.containerLog(container, 100, "each end and its reason"));
    }

    /** One that fell over; of one that runs, an operator's own restarts may be what is counted. */
    private static Optional<Loop> program(Matter matter) {
        return PeerProgram.stopped(matter)
                .filter(p -> p.state() == KeptProgram.State.FAILED && p.restarts() >= LOOP)
                .map(
                        p ->
                                new Loop(
                                        PeerProgram.name(p),
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        p, PeerProgram.state(p, matter.peerText())),
                                        PeerProgram.logStep(p, "each end and its reason")));
    }

    /** A shell's loop; of one that never answered since it failed nobody knows that it came up. */
    private static Optional<Loop> shell(Matter matter) {
        PeerHistory history = PeerHistory.of(matter);
        return Restarter.of(matter)
                .filter(_ -> cameUp(matter, history))
                .map(
                        r ->
                                new Loop(
                                        "%s, PID %d"
                                                .formatted(
                                                        Programs.name(r.shell()), r.shell().pid()),
                                        history.meanwhile().isPresent() ? STRONG : MODERATE,
                                        r.sighting(matter.scene()),
                                        Steps.edit(
                                                "read what it wrote last, where %s sends it"
                                                        .formatted(r.loop().script()))));
    }

    private static boolean cameUp(Matter matter, PeerHistory history) {
        return history.meanwhile().isPresent()
                || history.answered().isPresent()
                || Account.of(matter).stream().anyMatch(Account::served);
    }

    /** Starts that reached listening, each followed by an end. */
    private static Optional<Loop> said(Account account) {
        int ends = 0;
        boolean up = false;
        Optional<Testimony> last = Optional.empty();
        for (Testimony line : account.lines()) {
            if (up && ENDS.contains(line.words())) {
                ends++;
                last = Optional.of(line);
            }
            up = line.is(Words.LISTENING) || (up && !ENDS.contains(line.words()));
        }
        int times = ends;
        return last.filter(_ -> times >= LOOP)
                .map(
                        t ->
                                new Loop(
                                        account.who(),
                                        // Nobody forges a run of starts by asking for a page.
                                        STRONG,
                                        new Sighting(
                                                t.sighting().source(),
                                                "%s; the end of %d runs that had come up"
                                                        .formatted(t.sighting().text(), times),
                                                t.sighting().where(),
                                                t.sighting().at()),
                                        Steps.edit("read in its log how each run ended")));
    }

    private static Judgement argue(Matter matter, List<Loop> loops) {
        Loop first = loops.getFirst();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "the application of %s comes up and dies again and again (%s)"
                                        .formatted(matter.peerText(), first.who())));
        Gone.weighOrLogged(matter, argument);
        loops.forEach(l -> argument.because(l.strength(), l.sighting()));
        matter.listener()
                .flatMap(matter.scene()::owner)
                .ifPresent(
                        owner ->
                                PeerProcess.keeperOf(matter, owner)
                                        .ifPresent(
                                                k ->
                                                        argument.because(
                                                                MODERATE,
                                                                Starting.again(matter, owner, k))));
        PeerHistory.of(matter)
                .meanwhile()
                .ifPresent(
                        a ->
                                argument.because(
                                        MODERATE,
                                        "access.log",
                                        "%d requests were answered between the failures"
                                                .formatted(a.count()),
                                        a.where()));
        argument.explain(
                "Something starts the application each time it ends; requests fail while it is away and are cut off when it dies.");
        argument.now("find out why it ends, and mend that", Risk.LOW, first.log());
        argument.toStay(
                "let an alarm ring when the restart counter rises, not only when it stays down",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
