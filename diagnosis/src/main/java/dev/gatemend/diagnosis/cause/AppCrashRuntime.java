package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The application served, and died of an exception, a panic or an assertion, or dropped requests on
 * one.
 */
public final class AppCrashRuntime implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-crash-runtime",
                    Group.NOTHING_LISTENS,
                    Frequency.OCCASIONAL,
                    "It served, then died or dropped the request on an unhandled exception, panic or fatal assertion",
                    """
                    A request that runs into an error nobody catches ends the process, or closes its connection before a \
                    word of the answer: nginx logs that the upstream prematurely closed, and refusals while nobody \
                    listens afterwards.""",
                    "A stack trace, a panic or an abort in the application's log at the time of the failures, after it had served. One that comes before it ever listened is app-crashed-at-start.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs or buffers: the application is gone before it answers",
                            "restarting nginx: the same request ends the application again"));

    /** Between the death of a busy application and the first request that is refused. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** So many coincidences are none. */
    private static final int MANY = 3;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        boolean gone = Gone.isSo(matter);
        if (!gone && matter.trouble() != Trouble.CLOSED) {
            return Judgement.notConcerned();
        }
        List<Ending> crashes = new ArrayList<>();
        if (gone) {
            unit(matter).ifPresent(crashes::add);
            container(matter).ifPresent(crashes::add);
            Account.of(matter).forEach(a -> lastWords(matter, a).ifPresent(crashes::add));
        } else {
            Account.of(matter).forEach(a -> meanwhile(matter, a).ifPresent(crashes::add));
        }
        return crashes.isEmpty() ? Judgement.notConcerned() : argue(matter, crashes, gone);
    }

    private static Optional<Ending> unit(Matter matter) {
        return PeerUnit.of(matter)
                .flatMap(u -> UnitEnd.of(matter, u).stream())
                .filter(end -> !end.bySignal() && !end.neverExecuted())
                .filter(end -> end.ranShortly().filter(shortly -> !shortly).isPresent())
                .findFirst()
                .map(end -> new Ending(end.unit().name(), STRONG, end.sighting(matter)));
    }

    private static Optional<Ending> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(c -> !c.isRunning() && !c.life().oomKilled())
                .filter(c -> ContainerEnd.fellOver(c) && !ContainerEnd.ranShortly(c))
                .findFirst()
                .map(
                        c ->
                                new Ending(
                                        "container " + c.name(),
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        c,
                                                        PeerContainer.state(matter.scene(), c)
                                                                + ContainerEnd.ranFor(c))));
    }

    /**
     * The last thing it says after it had served. It is what it died of where its keeper tells of
     * the end or the failures began just then; else it may have been told to end in silence later.
     */
    private static Optional<Ending> lastWords(Matter matter, Account account) {
        List<Testimony> crashes = account.crashes();
        if (crashes.isEmpty()
                || !hadServed(matter, account)
                || account.wentOnAfter(crashes.getLast())
                || !account.sinceItServed().contains(crashes.getLast())) {
            return Optional.empty();
        }
        boolean ended = account.standing(Words.EXITED).isPresent();
        return Optional.of(crashes.getLast())
                .filter(t -> Gone.concerns(matter, t))
                .map(
                        t ->
                                new Ending(
                                        account.who(),
                                        ended || beganThen(matter, t) ? STRONG : MODERATE,
                                        t.sighting()));
    }

    private static boolean beganThen(Matter matter, Testimony testimony) {
        return matter.first()
                .filter(
                        first ->
                                testimony
                                        .until()
                                        .filter(u -> !u.isBefore(first.minus(SOON)))
                                        .filter(u -> !u.isAfter(first.plus(SOON)))
                                        .isPresent())
                .isPresent();
    }

    private static boolean hadServed(Matter matter, Account account) {
        return account.served() || PeerHistory.of(matter).answered().isPresent();
    }

    /** Words at the time of the failures; a hint, but not where they come again and again. */
    private static Optional<Ending> meanwhile(Matter matter, Account account) {
        Optional<Instant> first = matter.first();
        Optional<Instant> last = matter.last();
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        List<Testimony> crashes =
                account.crashes().stream().filter(t -> t.within(first.get(), last.get())).toList();
        return crashes.stream()
                .findFirst()
                .map(
                        t ->
                                new Ending(
                                        account.who(),
                                        crashes.size() >= MANY ? STRONG : MODERATE,
                                        counted(t.sighting(), crashes.size())));
    }

    /** A process that ends takes its listener along, until another one is there. */
    private static Optional<ErrorGroup> refusedThen(Matter matter) {
        return matter.scene()
                .errors(matter.master().map(NginxMaster::pid).orElse(0))
                .filter(g -> g.peer().filter(matter.peerText()::equals).isPresent())
                .filter(g -> g.sample().errno().orElse(0) == Errno.ECONNREFUSED)
                .filter(g -> g.first().filter(at -> Gone.during(matter, at)).isPresent())
                .findFirst();
    }

    private static Sighting counted(Sighting sighting, int times) {
        return times == 1
                ? sighting
                : new Sighting(
                        sighting.source(),
                        "%s; x%d".formatted(sighting.text(), times),
                        sighting.where(),
                        sighting.at());
    }

    private static Judgement argue(Matter matter, List<Ending> crashes, boolean gone) {
        Ending first = crashes.getFirst();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                gone
                                        ? "%s crashed: nobody listens on %s any more"
                                                .formatted(first.who(), matter.peerText())
                                        : "%s crashes on requests and closes their connections"
                                                .formatted(first.who())));
        Gone.weigh(matter, argument);
        if (!gone) {
            Gone.weighLogged(matter, argument);
            refusedThen(matter).ifPresent(g -> argument.because(MODERATE, matter.logged(g)));
        }
        crashes.forEach(c -> argument.because(c.strength(), c.sighting()));
        argument.explain(
                gone
                        ? "It served until an error that nobody caught ended it; since then connects to %s are refused."
                                .formatted(matter.peerText())
                        : "Each time the application logs an error that nobody caught, nginx finds the connection closed before an answer.");
        if (gone) {
            Starting.remedy(
                    matter, PeerUnit.of(matter).filter(PeerUnit::isFailed).findFirst(), argument);
        }
        argument.toStay(
                "mend the code that the stack trace names",
                Risk.MEDIUM,
                PeerUnit.of(matter)
                        .findFirst()
                        .map(u -> Steps.journal(u.unit().name(), "holds the stack trace"))
                        .orElseGet(() -> Steps.edit("read the stack trace in its log")));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
