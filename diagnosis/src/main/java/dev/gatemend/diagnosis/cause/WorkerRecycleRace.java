package dev.gatemend.diagnosis.cause;

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
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The application server replaces its workers on purpose, and requests on them are lost. */
public final class WorkerRecycleRace implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "worker-recycle-race",
                    Group.NOTHING_LISTENS,
                    Frequency.OCCASIONAL,
                    "The application server replaces workers on purpose and drops the requests on them",
                    """
                    With a limit of requests or of life a worker ends when its share is done (max-requests of gunicorn and \
                    uWSGI, limit-max-requests of uvicorn, pm.max_requests of PHP-FPM). A request that is still running on \
                    it, or a connection that nginx keeps open to it, is cut off when it goes.""",
                    "Lines about a request limit or an autorestart next to the failures. Without them and on idle connections it is keepalive-race; with a stop of the whole application, deploy-restart-window.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: the worker ended, it was not slow",
                            "more workers: each still ends after its share"));

    private static final Pattern LIMIT =
            Pattern.compile(
                    "(?:--(?:limit-)?max-requests|--max-worker-lifetime|--max_requests)[= ]\\s?[1-9]");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.trouble() != Trouble.CLOSED
                || matter.first().isEmpty()
                || matter.last().isEmpty()) {
            return Judgement.notConcerned();
        }
        for (Account account : Account.of(matter)) {
            List<Testimony> recycled =
                    account.lines().stream()
                            .filter(t -> t.is(Words.RECYCLED))
                            .filter(t -> t.within(matter.first().get(), matter.last().get()))
                            .toList();
            if (!recycled.isEmpty()) {
                return argue(matter, account, recycled);
            }
        }
        return Judgement.notConcerned();
    }

    /** A server that recycles often does so near any failure; both ends of them are less likely. */
    private static Strength strength(Matter matter, List<Testimony> recycled) {
        Instant first = matter.first().orElseThrow();
        Instant last = matter.last().orElseThrow();
        boolean beginning = recycled.stream().anyMatch(t -> t.within(first, first));
        boolean end = recycled.stream().anyMatch(t -> t.within(last, last));
        return beginning && end ? STRONG : beginning || end ? MODERATE : WEAK;
    }

    private static Judgement argue(Matter matter, Account account, List<Testimony> recycled) {
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s replaces its workers while they have requests"
                                        .formatted(account.who())));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.becauseLikeRivals(MODERATE, matter.logged(g)));
        argument.because(strength(matter, recycled), recycled.getLast().sighting());
        weighProcesses(matter, argument);
        weighOthers(matter, account, argument);
        argument.explain(
                "Workers of %s end when they have done their share; nginx finds the connections of their last requests closed."
                        .formatted(matter.peerText()));
        argument.toStay(
                "give a worker that ends time for its last requests, or let it live longer",
                Risk.LOW,
                Steps.edit(
                        "raise the request limit and add jitter (--max-requests-jitter), raise --graceful-timeout above the longest request, and find the leak that the limit was meant for"),
                PeerUnit.of(matter)
                        .findFirst()
                        .map(u -> Steps.journal(u.unit().name(), "shows each replacement"))
                        .orElseGet(() -> Steps.edit("its log shows each replacement")));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void weighProcesses(Matter matter, Argument argument) {
        limited(matter)
                .ifPresent(
                        p ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "%s (PID %d) is told to replace a worker after a number of requests"
                                                                .formatted(p.name(), p.pid()))));
        young(matter)
                .ifPresent(
                        p ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "its worker %d started at %s, among the failures"
                                                                .formatted(
                                                                        p.pid(),
                                                                        matter.scene()
                                                                                .clock(
                                                                                        p
                                                                                                .startedAt())))));
    }

    private static void weighOthers(Matter matter, Account account, Argument argument) {
        PeerHistory.of(matter)
                .meanwhile()
                .ifPresent(
                        a ->
                                argument.because(
                                        WEAK,
                                        "access.log",
                                        "%d requests were answered between the failures"
                                                .formatted(a.count()),
                                        a.where()));
        // A worker that is killed or crashes loses requests as well.
        Stream.of(Words.FAULT, Words.CRASHED)
                .flatMap(w -> account.last(w).stream())
                .filter(t -> t.within(matter.first().orElseThrow(), matter.last().orElseThrow()))
                .findFirst()
                .ifPresent(t -> argument.against(MODERATE, t.sighting()));
    }

    private static Stream<ProcessState> owners(Matter matter) {
        return matter.listener().stream()
                .flatMap(l -> l.pids().stream())
                .flatMap(pid -> matter.scene().process(pid).stream());
    }

    private static Optional<ProcessState> limited(Matter matter) {
        return owners(matter).filter(p -> LIMIT.matcher(p.command()).find()).findFirst();
    }

    private static Optional<ProcessState> young(Matter matter) {
        Instant first = matter.first().orElseThrow();
        return owners(matter)
                .filter(p -> p.children().isEmpty() && p.startedAt().isAfter(first))
                .findFirst();
    }
}
