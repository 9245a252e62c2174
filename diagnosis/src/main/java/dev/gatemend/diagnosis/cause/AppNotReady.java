package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

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
import dev.gatemend.diagnosis.PeerProcess;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The application is alive and does not serve yet. */
public final class AppNotReady implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-not-ready",
                    Group.NOTHING_LISTENS,
                    Frequency.RARE,
                    "Alive but still starting, warming up or migrating",
                    """
                    Between the start of a process and its first listen(2) lie imports, migrations, caches and models to \
                    load. nginx is refused for as long, though the service manager calls the application running.""",
                    "A young process that should listen there and does not listen anywhere yet, a unit that is activating, a health check that is starting, a log in the middle of a start.",
                    List.of(),
                    List.of(
                            "restarting it: it begins from the start",
                            "restarting nginx: it is the application that is not ready"));

    /** An application that has not come up after this is not slow, it is stuck. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    /** From the end of an application to the start of its successor, where it is restarted. */
    private static final Duration HANDOVER = Duration.ofSeconds(10);

    private static final List<Words> FAILURES =
            List.of(
                    Words.EXITED,
                    Words.BOOT_FAILED,
                    Words.CRASHED,
                    Words.ADDRESS_IN_USE,
                    Words.FAULT);

    /** Who is not ready, how that is known, and how surely. */
    private record Youth(String who, Strength strength, Sighting sighting) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        boolean gone = Gone.isSo(matter);
        List<Youth> youths = new ArrayList<>();
        // Docker's proxy listens for a container that does not, and closes what it took.
        if (gone || matter.trouble() == Trouble.CLOSED) {
            container(matter).ifPresent(youths::add);
        }
        if (gone) {
            unit(matter).ifPresent(youths::add);
            process(matter).ifPresent(youths::add);
        }
        return youths.isEmpty() ? Judgement.notConcerned() : argue(matter, youths);
    }

    private static Optional<Youth> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(
                        c ->
                                c.isRunning()
                                        && c.life().health().filter("starting"::equals).isPresent())
                .findFirst()
                .map(
                        c ->
                                new Youth(
                                        "container " + c.name(),
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        c,
                                                        "container %s runs, its health check says: starting"
                                                                .formatted(c.name()))));
    }

    /** Waiting to be started again after a failure is activating, too, but no start. */
    private static Optional<Youth> unit(Matter matter) {
        return PeerUnit.of(matter)
                .filter(u -> u.unit().activeState().equals("activating"))
                .filter(u -> !u.unit().subState().equals("auto-restart"))
                .findFirst()
                .map(u -> new Youth(u.unit().name(), STRONG, u.sighting(matter)));
    }

    private static Optional<Youth> process(Matter matter) {
        return PeerProcess.of(matter).stream()
                .filter(p -> !p.keeper() && p.age(matter.scene()).compareTo(YOUNG) < 0)
                .findFirst()
                .map(
                        p ->
                                new Youth(
                                        p.who(),
                                        // Its address among its arguments is not its business yet;
                                        // and one that came after failures may end as the one
                                        // before.
                                        cameAfter(matter, p) ? WEAK : MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p.process(),
                                                        "%s runs since %s, its command names %s, and it does not listen yet"
                                                                .formatted(
                                                                        p.who(),
                                                                        matter.scene()
                                                                                .clock(
                                                                                        p.process()
                                                                                                .startedAt()),
                                                                        matter.peerText()))));
    }

    private static boolean cameAfter(Matter matter, PeerProcess process) {
        return matter.first()
                .filter(first -> process.process().startedAt().isAfter(first.plus(HANDOVER)))
                .isPresent();
    }

    private static Judgement argue(Matter matter, List<Youth> youths) {
        Youth first = youths.getFirst();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s is still starting: nobody serves %s yet"
                                        .formatted(first.who(), matter.peerText())));
        Gone.weigh(matter, argument);
        youths.forEach(y -> argument.because(y.strength(), y.sighting()));
        List<Account> accounts = Account.of(matter);
        last(accounts, List.of(Words.PREPARING, Words.STARTING))
                .ifPresent(t -> argument.because(MODERATE, t.sighting()));
        // A process that is young because the one before it failed will fail likewise.
        last(accounts, FAILURES).ifPresent(t -> argument.against(STRONG, t.sighting()));
        argument.explain(
                "The application of %s was started and has not come to listening; requests fail until it does."
                        .formatted(matter.peerText()));
        argument.now(
                "wait for it, and look at what it is doing",
                Risk.LOW,
                PeerUnit.of(matter)
                        .findFirst()
                        .map(u -> Steps.journal(u.unit().name(), "shows how far it has come"))
                        .orElseGet(() -> Steps.edit("its log shows how far it has come")));
        argument.toStay(
                "send it requests only once it is ready",
                Risk.LOW,
                Steps.edit(
                        "Type=notify in its unit, a health check that a deploy waits for, or the old instance kept until the new one answers"));
        argument.provisional();
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Optional<Testimony> last(List<Account> accounts, List<Words> words) {
        return accounts.stream()
                .flatMap(a -> words.stream().flatMap(w -> a.standing(w).stream()))
                .findFirst();
    }
}
