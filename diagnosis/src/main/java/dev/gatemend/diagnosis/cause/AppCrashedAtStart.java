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
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Container;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The application is started and ends before it listens. */
public final class AppCrashedAtStart implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-crashed-at-start",
                    Group.NOTHING_LISTENS,
                    Frequency.VERY_COMMON,
                    "It is started but exits before it listens (bad configuration, missing file or user, failed migration, start limit hit)",
                    """
                    A module that is not installed, a setting that is missing, a file or user that does not exist: the \
                    application ends seconds after its start, and nobody listens where nginx connects to. A service \
                    manager that starts it again and again gives up in the end.""",
                    "The unit failed or restarts, the container exited with a code right after its start, or the last start in the application's log ends in an error without a word of listening.",
                    List.of(
                            "port-conflict",
                            "dependency-down",
                            "out-of-memory",
                            "disk-full",
                            "process-limit"),
                    List.of(
                            "restarting nginx: it is the application that does not come up",
                            "starting it again as it is: it ends at the same place"));

    /** Whose start failed, how that is known, and how surely. */
    private record Failure(String who, Strength strength, Sighting sighting, Remedy.Step log) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!Gone.isSo(matter)) {
            return Judgement.notConcerned();
        }
        List<Failure> failures = new ArrayList<>();
        unit(matter).ifPresent(failures::add);
        container(matter).ifPresent(failures::add);
        program(matter).ifPresent(failures::add);
        Account.of(matter).forEach(a -> said(matter, a).ifPresent(failures::add));
        // The last words tell more than who starts it again.
        ended(matter).ifPresent(failures::add);
        loop(matter).ifPresent(failures::add);
        return failures.isEmpty() ? UnseenStart.judge(matter) : argue(matter, failures);
    }

    /** It went between two looks; who is told to stop at that very moment is seldom met. */
    private static Optional<Failure> ended(Matter matter) {
        return PeerProcess.ended(matter)
                .map(
                        p ->
                                new Failure(
                                        p.who(),
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        p.process(),
                                                        "%s, started at %s to serve %s, ended while it was looked at, and never listened"
                                                                .formatted(
                                                                        p.who(),
                                                                        matter.scene()
                                                                                .clock(
                                                                                        p.process()
                                                                                                .startedAt()),
                                                                        matter.peerText())),
                                        Steps.edit(
                                                "start it by hand as its user, and read what it says")));
    }

    /** What a shell starts writes where the shell does, so the log alone would name the shell. */
    private static Optional<String> kept(Matter matter) {
        return Restarter.of(matter)
                .map(
                        r ->
                                "what %s (PID %d) starts in a loop"
                                        .formatted(Programs.name(r.shell()), r.shell().pid()));
    }

    /** A shell starts it in a loop; one that answered or said that it listens comes up. */
    private static Optional<Failure> loop(Matter matter) {
        PeerHistory history = PeerHistory.of(matter);
        return Restarter.of(matter)
                .filter(_ -> history.meanwhile().isEmpty())
                .filter(_ -> Account.of(matter).stream().noneMatch(Account::served))
                .map(
                        r ->
                                new Failure(
                                        kept(matter).orElseThrow(),
                                        // The first start of a slow script looks like a second.
                                        r.waits() && history.answered().isEmpty()
                                                ? STRONG
                                                : MODERATE,
                                        r.sighting(matter.scene()),
                                        Steps.edit(
                                                "read what it wrote last, where %s sends it"
                                                        .formatted(r.loop().script()))));
    }

    private static Optional<UnitEnd> end(Matter matter) {
        return PeerUnit.of(matter)
                .flatMap(u -> UnitEnd.of(matter, u).stream())
                .filter(end -> !end.bySignal() && end.ranShortly().orElse(true))
                .findFirst();
    }

    private static Optional<Failure> unit(Matter matter) {
        return end(matter)
                .map(
                        end ->
                                new Failure(
                                        end.unit().name(),
                                        end.neverExecuted()
                                                ? DECISIVE
                                                : end.ranShortly().isPresent() || end.inVain()
                                                        ? STRONG
                                                        : MODERATE,
                                        end.sighting(matter),
                                        Steps.journal(
                                                end.unit().name(), "its last words say why")));
    }

    /** A container's end is dated by its engine to a fraction of a second. */
    private static Optional<Failure> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(c -> !c.isRunning() && !c.life().oomKilled())
                .filter(c -> ContainerEnd.fellOver(c) && ContainerEnd.ranShortly(c))
                .filter(
                        c ->
                                Account.of(matter).stream()
                                        .noneMatch(a -> a.servedSince(c.life().startedAt())))
                .findFirst()
                .map(c -> failure(matter, c));
    }

    private static Failure failure(Matter matter, Container container) {
        return new Failure(
                "container " + container.name(),
                container.life().error().isEmpty() ? STRONG : DECISIVE,
                matter.scene()
                        .sighting(
                                container,
                                PeerContainer.state(matter.scene(), container)
                                        + ContainerEnd.ranFor(container)),
                Steps.containerLog(container, 50, "its last words say why"));
    }

    /** One that its keeper gave up, or tries again and again. */
    private static Optional<Failure> program(Matter matter) {
        return PeerProgram.stopped(matter)
                .filter(p -> endsShortly(matter, p))
                .map(
                        p ->
                                new Failure(
                                        PeerProgram.name(p),
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        p, PeerProgram.state(p, matter.peerText())),
                                        PeerProgram.logStep(p, "its last words say why")));
    }

    /**
     * supervisor is in BACKOFF and FATAL after runs shorter than {@code startsecs} only, whatever
     * came before (supervisor/process.py). PM2 is in errored after runs shorter than {@code
     * min_uptime} (God.handleExit), in which the application may have listened.
     */
    private static boolean endsShortly(Matter matter, KeptProgram program) {
        return switch (program.keeper()) {
            case SUPERVISOR -> program.said().matches("(?s)(BACKOFF|FATAL)\\b.*");
            case PM2 ->
                    program.state() == KeptProgram.State.FAILED
                            && Account.of(matter).stream()
                                    .noneMatch(a -> a.servedSince(program.startedAt()));
            case PHP_FPM -> false;
        };
    }

    /** The last start tells of an error, and of no listening after it. */
    private static Optional<Failure> said(Matter matter, Account account) {
        Optional<Testimony> failed = account.standing(Words.BOOT_FAILED);
        Optional<Testimony> crashed =
                begins(matter, account) ? account.standing(Words.CRASHED) : Optional.empty();
        return failed.or(() -> crashed)
                .filter(t -> Gone.concerns(matter, t))
                .map(
                        t ->
                                new Failure(
                                        kept(matter).orElse(account.who()),
                                        // That nobody listens bears the words out.
                                        failed.isPresent() ? STRONG : MODERATE,
                                        t.sighting(),
                                        t.sighting()
                                                .where()
                                                .filter(w -> w.startsWith("/"))
                                                .map(
                                                        w ->
                                                                new Remedy.Step(
                                                                        Shell.command(
                                                                                "tail", "-n", "50",
                                                                                w),
                                                                        "its last words say why"))
                                                .orElseGet(
                                                        () ->
                                                                Steps.edit(
                                                                        "read the last words of its log"))));
    }

    /**
     * The log shows the beginning of a run after which nothing listened; or the run it tells of is
     * over, and another one has begun and does not listen either.
     */
    private static boolean begins(Matter matter, Account account) {
        return account.standing(Words.STARTING).isPresent()
                || Restarter.of(matter).isPresent()
                || PeerProcess.ended(matter).isPresent()
                || account.standing(Words.CRASHED)
                        .flatMap(Testimony::until)
                        .filter(
                                end ->
                                        PeerProcess.of(matter).stream()
                                                .anyMatch(
                                                        p ->
                                                                !p.keeper()
                                                                        && p.process()
                                                                                .startedAt()
                                                                                .isAfter(end)))
                        .isPresent();
    }

    private static Judgement argue(Matter matter, List<Failure> failures) {
        Failure first = failures.getFirst();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s ends before it listens on %s"
                                        .formatted(first.who(), matter.peerText())));
        Gone.weigh(matter, argument);
        failures.forEach(f -> argument.because(f.strength(), f.sighting()));
        argument.explain(
                "The application behind %s was started and ended with an error before anybody could connect to it."
                        .formatted(matter.peerText()));
        List<Remedy.Step> steps = new ArrayList<>(List.of(first.log()));
        end(matter).ifPresent(end -> steps.addAll(end.startAgain(matter)));
        argument.now(
                "mend what its last words name, then start it again",
                Risk.LOW,
                steps.toArray(Remedy.Step[]::new));
        argument.toStay(
                "try a release where it is built: start it there once before it is deployed",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
