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
import dev.gatemend.diagnosis.Holders;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.diagnosis.Workload;
import dev.gatemend.model.AcceptOverflows;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The accept queue is too short for bursts, though the workers keep up with the rest. */
public final class ListenBacklogFull implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "listen-backlog-full",
                    Group.SLOW_OR_BUSY,
                    Frequency.OCCASIONAL,
                    "The accept queue overflows though workers keep up",
                    """
                    The kernel keeps connections that nobody has accepted yet, up to the backlog that the application asked \
                    for and net.core.somaxconn. In a burst a short queue overflows: nginx gets errno 11 on a unix socket at \
                    once, and waits for a connect over TCP (or finds it reset, with tcp_abort_on_overflow).""",
                    "errno 11 on a unix path while the workers answer at once. When they are busy or hang, a longer queue only delays the same failure: app-workers-exhausted, php-fpm-max-children, app-hung.",
                    List.of("app-hung", "app-workers-exhausted", "php-fpm-max-children"),
                    List.of(
                            "raising nginx's time-outs: errno 11 comes at once",
                            "raising net.core.somaxconn alone: the application asks for its backlog, and keeps the old one until it listens anew"));

    private static final Duration PROMPT = Duration.ofSeconds(1);

    /** uWSGI's own default; nginx, Apache, PHP-FPM and Node ask for 511. */
    private static final int SHORT = 128;

    private static final int SUGGESTED = 1024;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure = failure(matter);
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        return Workload.of(matter).filter(Workload::everybodyIsBusy).isPresent()
                        && keepsUp(matter).isEmpty()
                ? Judgement.ruledOut("its workers do not keep up: every one of them is busy")
                : argue(matter, failure.get());
    }

    /** Over TCP a connect that takes too long may have many reasons; overflows point here. */
    private static Optional<ErrorGroup> failure(Matter matter) {
        return Overload.queueFull(matter)
                .or(
                        () ->
                                overflows(matter).filter(o -> o.overflows() > 0).isPresent()
                                                && matter.trouble() == Trouble.CONNECT
                                        ? Overload.failure(matter)
                                        : Optional.empty());
    }

    private static Optional<AcceptOverflows> overflows(Matter matter) {
        return matter.tcpPeer()
                .flatMap(
                        _ ->
                                matter.scene()
                                        .facts(AcceptOverflows.class)
                                        .filter(o -> o.networkNamespace() == matter.network())
                                        .findFirst());
    }

    private static Judgement argue(Matter matter, ErrorGroup failure) {
        Optional<Listener> listener = matter.listener();
        OptionalInt backlog = listener.map(Listener::backlog).orElse(OptionalInt.empty());
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(matter, backlog))
                        .becauseLikeRivals(MODERATE, matter.logged(failure));
        overflows(matter).ifPresent(o -> weighOverflows(matter, o, argument));
        said(matter).ifPresent(t -> argument.becauseLikeRivals(MODERATE, t.sighting()));
        weighBacklog(matter, listener, argument);
        keepsUp(matter).ifPresent(s -> argument.because(STRONG, s));
        weighAnswers(matter, argument);
        if (listener.isEmpty()) {
            argument.missing("sockets", "how long its queue is could not be seen");
        }
        argument.explain(
                "The queue of %s takes %s connections that nobody has accepted yet; in a burst more arrive than that."
                        .formatted(
                                matter.peer().isPresent() ? matter.peerText() : "the application",
                                backlog.isPresent()
                                        ? "no more than " + backlog.getAsInt()
                                        : "only so many"));
        remedies(matter, argument);
        return argument.judgement();
    }

    private static String title(Matter matter, OptionalInt backlog) {
        return Excerpt.title(
                "the accept queue of %s%s overflows"
                        .formatted(
                                matter.peer().isPresent() ? matter.peerText() : "the application",
                                backlog.isPresent()
                                        ? " (%d at most)".formatted(backlog.getAsInt())
                                        : ""));
    }

    private static Optional<Testimony> said(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.last(Words.QUEUE_FULL).stream())
                .filter(t -> Meanwhile.mayBe(matter, t))
                .findFirst();
    }

    private static void weighOverflows(
            Matter matter, AcceptOverflows overflows, Argument argument) {
        if (overflows.overflows() == 0) {
            return;
        }
        argument.because(
                // It counts for every listener, since the machine or container started.
                overflows.lately() > 0 ? STRONG : WEAK,
                matter.scene()
                        .sighting(
                                overflows,
                                "the kernel counts %d overflows of accept queues, %d of them in the last quarter of a second"
                                        .formatted(overflows.overflows(), overflows.lately())));
    }

    private static void weighBacklog(
            Matter matter, Optional<Listener> listener, Argument argument) {
        listener.filter(l -> l.backlog().isPresent() && l.backlog().getAsInt() <= SHORT)
                .ifPresent(
                        l ->
                                argument.because(
                                        WEAK,
                                        matter.sockets()
                                                .map(
                                                        table ->
                                                                matter.scene()
                                                                        .sighting(
                                                                                table,
                                                                                "its queue is short: %s"
                                                                                        .formatted(
                                                                                                queue(
                                                                                                        l))))
                                                .orElseThrow()));
        Standstill.of(matter)
                .ifPresent(
                        s ->
                                argument.against(
                                        STRONG,
                                        "access.log",
                                        "none has been answered for " + s.words(),
                                        "access log"));
    }

    private static String queue(Listener listener) {
        return Holders.queue(listener).orElse("") + " connections wait";
    }

    /** What shows that those who serve it have time: an answer at once, or idle children. */
    private static Optional<Sighting> keepsUp(Matter matter) {
        Optional<Sighting> idle =
                PeerPool.of(matter)
                        .filter(s -> s.children().filter(c -> c.idle() > 0).isPresent())
                        .map(s -> matter.scene().sighting(s, PeerPool.words(s)));
        return idle.or(
                () ->
                        matter.peer()
                                .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                                .filter(p -> p.outcome() instanceof ProbeOutcome.Answered)
                                .filter(p -> p.took().compareTo(PROMPT) < 0)
                                .map(
                                        p ->
                                                matter.scene()
                                                        .sighting(
                                                                p,
                                                                "its workers keep up: a HEAD of / is answered within %d ms"
                                                                        .formatted(
                                                                                p.took()
                                                                                        .toMillis()))));
    }

    private static void weighAnswers(Matter matter, Argument argument) {
        PeerHistory.of(matter)
                .meanwhile()
                .filter(a -> a.count() > matter.failures())
                .ifPresent(
                        a ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        a,
                                                        "it answered %d requests meanwhile, more than failed"
                                                                .formatted(a.count()))));
    }

    private static void remedies(Matter matter, Argument argument) {
        OptionalInt longest =
                matter.scene()
                        .facts(AcceptOverflows.class)
                        .filter(o -> o.networkNamespace() == matter.network())
                        .map(AcceptOverflows::longestQueue)
                        .findFirst()
                        .orElse(OptionalInt.empty());
        Remedy.Step backlog =
                Steps.edit(
                        "raise the backlog where the application listens (uWSGI listen, gunicorn --backlog, PHP-FPM listen.backlog, Node's listen()) to %d, and restart it"
                                .formatted(SUGGESTED));
        if (longest.isPresent() && longest.getAsInt() < SUGGESTED) {
            argument.now(
                    "let more connections wait",
                    Risk.LOW,
                    new Remedy.Step(
                            Shell.command(
                                    "sudo", "sysctl", "-w", "net.core.somaxconn=" + SUGGESTED),
                            "the kernel cuts every backlog to this; in containers it is set at their start"),
                    backlog);
        } else {
            argument.now("let more connections wait", Risk.LOW, backlog);
        }
        argument.toStay(
                "keep connections to it open (keepalive in the upstream block), so that bursts need fewer new ones",
                Risk.LOW);
        argument.next(
                "ss -lnx; ss -ltn",
                "Recv-Q against Send-Q of its socket: a queue that stays full means busy workers");
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
