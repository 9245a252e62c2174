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
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.diagnosis.Workload;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.PoolLimits;
import dev.gatemend.model.PoolStatus;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** A PHP-FPM pool has all the children it may have, all of them at work, and requests wait. */
public final class PhpFpmMaxChildren implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "php-fpm-max-children",
                    Group.SLOW_OR_BUSY,
                    Frequency.COMMON,
                    "The PHP-FPM pool is exhausted",
                    """
                    A child of PHP-FPM works on one request at a time, and pm.max_children says how many there may be. When \
                    all are at work, requests wait in the accept queue: nginx runs into its read time-out (504), and once \
                    the queue is full, into errno 11 on a unix socket (502).""",
                    "The pool's own warning 'server reached pm.max_children', or its status page: none idle, and a listen queue. With idle children it is the page that is slow (slow-upstream-read-timeout); when no child ever finishes, app-hung.",
                    List.of(),
                    List.of(
                            "raising fastcgi_read_timeout: requests then wait longer for a child",
                            "raising listen.backlog: more wait, and none is served sooner",
                            "restarting nginx: it waits for PHP-FPM"));

    /** A default child of a framework holds some 40 MiB; what the host has must do for all. */
    private static final int MORE = 2;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure = Overload.failure(matter);
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Testimony> warning = warning(matter);
        if (!Overload.isOfPhp(matter) && warning.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<PoolStatus> idle = PeerPool.of(matter).filter(PhpFpmMaxChildren::hasIdle);
        return warning.isEmpty() && idle.isPresent() && neverFull(idle.get())
                ? Judgement.ruledOut(PeerPool.words(idle.get()))
                : argue(matter, failure.get(), warning);
    }

    private static boolean hasIdle(PoolStatus status) {
        return status.children().filter(c -> c.idle() > 0).isPresent();
    }

    private static boolean neverFull(PoolStatus status) {
        return status.children().filter(c -> c.limitReached() > 0).isEmpty();
    }

    /**
     * The pool warns once until children idle again, so the line may be older than the failures.
     */
    private static Optional<Testimony> warning(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.last(Words.POOL_FULL).stream())
                .filter(t -> matter.last().filter(t::after).isEmpty())
                .findFirst();
    }

    private static Judgement argue(Matter matter, ErrorGroup failure, Optional<Testimony> warning) {
        Optional<PoolLimits> limits = PeerPool.limits(matter);
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(matter, limits))
                        .becauseLikeRivals(MODERATE, matter.logged(failure));
        warning.ifPresent(
                t ->
                        argument.because(
                                Meanwhile.mayBe(matter, t) ? STRONG : MODERATE, t.sighting()));
        Optional<PoolStatus> status = PeerPool.of(matter);
        status.ifPresent(s -> weighStatus(matter, s, argument));
        weighChildren(matter, limits, argument);
        weighAnswers(matter, argument);
        if (warning.isEmpty() && status.flatMap(PoolStatus::children).isEmpty()) {
            argument.missing(
                    "php-fpm status",
                    "the pool has no status page that could be asked (pm.status_listen answers even then)");
        }
        argument.explain(
                "Each child works on one request; when all that pm.max_children%s allows are at work, further requests wait until nginx gives up."
                        .formatted(limits.map(l -> "=" + l.maxChildren()).orElse("")));
        remedies(limits, argument);
        return argument.judgement();
    }

    private static String title(Matter matter, Optional<PoolLimits> limits) {
        return Excerpt.title(
                limits.map(
                                l ->
                                        "PHP-FPM pool %s has all its %d children at work, and requests wait"
                                                .formatted(l.pool(), l.maxChildren()))
                        .orElse(
                                "the PHP-FPM pool behind %s has no child left for another request"
                                        .formatted(
                                                matter.peer().isPresent()
                                                        ? matter.peerText()
                                                        : "the upstream")));
    }

    private static void weighStatus(Matter matter, PoolStatus status, Argument argument) {
        if (PeerPool.isSilent(status)) {
            argument.becauseLikeRivals(
                    WEAK, matter.scene().sighting(status, PeerPool.words(status)));
            return;
        }
        status.children()
                .ifPresent(
                        c -> {
                            if (c.limitReached() > 0) {
                                argument.because(
                                        // It counts since the pool was started.
                                        c.idle() == 0 ? STRONG : MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        status,
                                                        "pool %s reached pm.max_children %d times since its start; %d active, %d idle now"
                                                                .formatted(
                                                                        status.pool(),
                                                                        c.limitReached(),
                                                                        c.active(),
                                                                        c.idle())));
                            } else if (c.idle() == 0 && status.separate()) {
                                argument.because(
                                        c.waiting() > 0 ? STRONG : MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        status,
                                                        "%s; %d connections wait"
                                                                .formatted(
                                                                        PeerPool.words(status),
                                                                        c.waiting())));
                            }
                        });
    }

    /** Children take a connection only when they are free. */
    private static void weighChildren(
            Matter matter, Optional<PoolLimits> limits, Argument argument) {
        Optional<Workload> load = Workload.of(matter).filter(w -> w.waiting() > 0);
        if (load.isEmpty()) {
            return;
        }
        List<?> workers = load.get().workers();
        if (limits.filter(l -> workers.size() >= l.maxChildren()).isPresent()) {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    limits.get(),
                                    "pm.max_children is %d, and as many children run while %d connections wait"
                                            .formatted(
                                                    limits.get().maxChildren(),
                                                    load.get().waiting())));
        }
    }

    private static void weighAnswers(Matter matter, Argument argument) {
        PeerHistory.of(matter)
                .meanwhile()
                .ifPresent(
                        a ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        a,
                                                        "%d requests still got an answer meanwhile"
                                                                .formatted(a.count()))));
        Standstill.of(matter)
                .ifPresent(
                        s ->
                                argument.against(
                                        MODERATE,
                                        "access.log",
                                        "none has been answered for %s, so its children hang rather than work"
                                                .formatted(s.words()),
                                        "access log"));
    }

    private static void remedies(Optional<PoolLimits> limits, Argument argument) {
        argument.now(
                "let the pool have more children, as many as the host's memory bears",
                Risk.MEDIUM,
                Steps.edit(
                        limits.map(
                                        l ->
                                                "in %s raise pm.max_children above %d, to %d say"
                                                        .formatted(
                                                                l.definition(),
                                                                l.maxChildren(),
                                                                l.maxChildren() * MORE))
                                .orElse("raise pm.max_children in the pool's file")),
                Steps.edit("reload PHP-FPM: its children finish what they have"));
        argument.toStay(
                "find what keeps the children: request_slowlog_timeout=5s and slowlog=... write where slow requests stand",
                Risk.LOW);
        argument.next(
                "sudo grep -r max_children /var/log/php*", "the pool's own warning would prove it");
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
