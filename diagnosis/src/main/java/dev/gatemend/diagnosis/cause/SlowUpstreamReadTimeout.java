package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Holders;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.ReadTimeout;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.PoolStatus;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The request takes longer than nginx waits, and the application is otherwise well. */
public final class SlowUpstreamReadTimeout implements Cause {
    private static final Duration LONG_SILENCE = Duration.ofSeconds(2);

    private static final CauseInfo INFO =
            new CauseInfo(
                    "slow-upstream-read-timeout",
                    Group.SLOW_OR_BUSY,
                    Frequency.VERY_COMMON,
                    "The request takes longer than nginx's read time-out, the application is otherwise well",
                    """
                    nginx gives up when the peer sends no byte for the read time-out of the module in use (60 s unless \
                    set) and answers 504. Reports, exports, uploads and slow queries run into it while everything else \
                    works. Each module has its own directive: fastcgi_read_timeout does nothing for a proxy_pass.""",
                    "nginx gave up (errno 110, 504), while other requests to the same peer are answered.",
                    List.of(
                            "app-hung",
                            "app-workers-exhausted",
                            "php-fpm-max-children",
                            "dependency-slow",
                            "cpu-starved",
                            "memory-pressure"),
                    List.of(
                            "raising proxy_connect_timeout or keepalive_timeout: the connection was there, the answer was not",
                            "raising it when the application server ends its own workers sooner"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.trouble() == Trouble.TIMEOUT && !matter.errors().isEmpty()
                ? argue(matter, matter.errors().getFirst())
                : Judgement.notConcerned();
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        ReadTimeout timeout = ReadTimeout.of(matter);
        Argument argument =
                Argument.that(
                                "peer:" + matter.peerText(),
                                "requests to %s take longer than %s %s"
                                        .formatted(
                                                matter.peer().isPresent()
                                                        ? matter.peerText()
                                                        : "the upstream",
                                                timeout.directive(),
                                                timeout.value()))
                        .because(MODERATE, matter.logged(group));
        boolean requestsTell = weighRequests(matter, argument);
        boolean probeTells = weighProbe(matter, argument);
        if (!requestsTell && !probeTells) {
            argument.provisional();
        }
        matter.listener().ifPresent(l -> weighListener(matter, l, argument));
        timeout.stranger().ifPresent(s -> stranger(s, timeout, argument));
        argument.explain(
                "nginx waited for an answer%s and gave up after %s without a byte."
                        .formatted(
                                timeout.place().map(p -> " in " + p).orElse(""),
                                timeout.inEffect()));
        remedies(matter, timeout, argument);
        return argument.judgement();
    }

    private static boolean weighRequests(Matter matter, Argument argument) {
        Optional<AccessGroup> meanwhile =
                PeerHistory.of(matter).meanwhile().filter(a -> a.count() > cutOff(matter));
        meanwhile.ifPresent(
                a ->
                        argument.because(
                                STRONG,
                                matter.scene()
                                        .sighting(
                                                a,
                                                "it answered %d other requests meanwhile"
                                                        .formatted(a.count() - cutOff(matter)))));
        return meanwhile.isPresent();
    }

    /** An answer that was cut off behind its header stands in the access log as any other. */
    private static long cutOff(Matter matter) {
        return matter.errors().stream()
                .filter(e -> e.sample().phase().filter("reading upstream"::equals).isPresent())
                .mapToLong(ErrorGroup::count)
                .sum();
    }

    /** Whether the probe could tell anything. */
    private static boolean weighProbe(Matter matter, Argument argument) {
        Optional<PoolStatus> pool = PeerPool.of(matter).filter(PeerPool::isFree);
        if (pool.isPresent()) {
            argument.because(
                    MODERATE, matter.scene().sighting(pool.get(), PeerPool.words(pool.get())));
            return true;
        }
        Optional<PeerProbe> probe =
                matter.peer().flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP));
        if (probe.isPresent() && probe.get().outcome() instanceof ProbeOutcome.Answered) {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    probe.get(),
                                    "it answers a HEAD of / within %d ms"
                                            .formatted(probe.get().took().toMillis())));
            return true;
        }
        if (probe.isPresent()
                && probe.get().outcome() instanceof ProbeOutcome.Silent silent
                && silent.waited().compareTo(LONG_SILENCE) >= 0) {
            boolean still = Standstill.of(matter).isPresent();
            String silence =
                    "a HEAD of / gets no answer within %.1f s either"
                            .formatted(silent.waited().toMillis() / 1000.0);
            if (still) {
                argument.against(WEAK, matter.scene().sighting(probe.get(), silence));
            } else {
                // The page asked may be the slow one, or the only worker be busy with another.
                argument.missing("probe", silence + "; whether one comes later was not waited for");
            }
            return still;
        }
        return false;
    }

    private static void weighListener(Matter matter, Listener listener, Argument argument) {
        List<ProcessState> workers = Holders.workers(matter.scene(), listener);
        workers.stream()
                .filter(ProcessState::stopped)
                .findFirst()
                .ifPresent(
                        p ->
                                argument.against(
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "PID %d is stopped, not slow"
                                                                .formatted(p.pid()))));
        if (Holders.queueIsFull(listener)) {
            argument.against(
                    MODERATE,
                    "sockets",
                    "its accept queue is full, so it does not keep up at all",
                    "ss -ltn");
        }
    }

    /** Set for another module: somebody met this trouble before and turned the wrong knob. */
    private static void stranger(Setting other, ReadTimeout timeout, Argument argument) {
        argument.because(
                MODERATE,
                "config",
                "%s is set, but the pass is another module's: %s is in effect"
                        .formatted(other, timeout.inEffect()),
                other.position().map(p -> p.fileAndLine()).orElse("nginx.conf"));
        argument.wontHelp("%s: it does nothing for this pass".formatted(other.name()));
    }

    private static void remedies(Matter matter, ReadTimeout timeout, Argument argument) {
        argument.now(
                "wait longer where such requests are meant to take long",
                Risk.LOW,
                Steps.edit(
                        "%s write %s 300s; (or whatever the slowest answer you accept takes)"
                                .formatted(
                                        timeout.where()
                                                .or(timeout::place)
                                                .map(p -> "in " + p)
                                                .orElse("in the location that failed"),
                                        timeout.directive())),
                Steps.reload(matter));
        argument.toStay(
                "make the request short: find what it waits for, or hand long work to a job queue and answer at once",
                Risk.LOW);
        matter.tcpPeer()
                .ifPresent(
                        peer ->
                                argument.next(
                                        Shell.command(
                                                "curl",
                                                "-sS",
                                                "-o",
                                                "/dev/null",
                                                "-m",
                                                "120",
                                                "-w",
                                                "%{http_code} %{time_total}\\n",
                                                "http://%s/".formatted(peer)),
                                        "shows whether the application answers at all, and how fast"));
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
