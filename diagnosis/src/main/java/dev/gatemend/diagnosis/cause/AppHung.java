package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Holders;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.PoolStatus;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Connections arrive and nobody ever answers them. */
public final class AppHung implements Cause {
    /** A healthy application answers a HEAD of / well within this. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(2);

    private static final String HANGS = "hangs and answers nothing";
    private static final String MAY_HANG = "may hang: it gave no answer in time";

    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-hung",
                    Group.SLOW_OR_BUSY,
                    Frequency.RARE,
                    "It accepts (or the kernel does) and never answers: deadlock, stopped process",
                    """
                    The kernel completes connects as long as the accept queue has room, so nginx hands its request over \
                    and waits. A process that is stopped (SIGSTOP, a debugger), deadlocked or blocked for good never \
                    answers: 504 after the read time-out, and once the queue is full connects time out too.""",
                    "The process is in state T or D, its accept queue is full, or requests wait and none has finished for several times the time-out. A silent probe alone is also what work that takes long looks like.",
                    List.of("app-workers-exhausted", "dependency-slow"),
                    List.of(
                            "raising the read time-out: the answer never comes",
                            "raising the backlog: it only lets more requests wait",
                            "restarting nginx: it waits for the application"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> waited = waited(matter);
        boolean latent = matter.errors().isEmpty() && connectTimesOut(matter);
        if (matter.peer().isEmpty() || (waited.isEmpty() && !latent)) {
            return Judgement.notConcerned();
        }
        Optional<Listener> listener = matter.listener();
        boolean queueing = listener.filter(Holders::queueIsFull).isPresent();
        boolean stopped = listener.filter(l -> allStopped(matter, l)).isPresent();
        // A connect that is not answered is the network's matter unless the queue says otherwise.
        if (matter.trouble() == Trouble.CONNECT && !queueing && !stopped) {
            return Judgement.notConcerned();
        }
        return argue(matter, waited, listener);
    }

    private static Optional<ErrorGroup> waited(Matter matter) {
        return switch (matter.trouble()) {
            case TIMEOUT -> matter.errors().stream().findFirst();
            case CONNECT ->
                    matter.errno(Errno.ETIMEDOUT)
                            .or(() -> matter.message("upstream-timed-out-connecting"))
                            .or(() -> matter.errno(Errno.EAGAIN));
            case TLS,
                    CLOSED,
                    BAD_RESPONSE,
                    RESOLVE,
                    NO_PEERS,
                    LOCAL,
                    UPSTREAM_STATUS,
                    ABORTED,
                    OWN_STATUS,
                    UNTOLD,
                    STANDING ->
                    Optional.empty();
        };
    }

    private static boolean connectTimesOut(Matter matter) {
        return matter.probe(PeerProbe.Kind.CONNECT)
                .filter(ProbeOutcome.ConnectTimedOut.class::isInstance)
                .isPresent();
    }

    private static boolean allStopped(Matter matter, Listener listener) {
        List<ProcessState> workers = Holders.workers(matter.scene(), listener);
        return !workers.isEmpty() && workers.stream().allMatch(ProcessState::stopped);
    }

    private static Judgement argue(
            Matter matter, Optional<ErrorGroup> waited, Optional<Listener> listener) {
        Optional<ProcessState> owner = listener.flatMap(matter.scene()::owner);
        boolean stopped = listener.filter(l -> allStopped(matter, l)).isPresent();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        title(matter, owner, stopped, isShown(matter, listener)));
        // A time-out and a silent page are what slow work shows as well.
        waited.ifPresent(g -> argument.becauseLikeRivals(MODERATE, matter.logged(g)));
        listener.ifPresent(l -> weighHolders(matter, l, argument));
        weighProbe(matter, argument);
        weighRequests(matter, argument);
        argument.explain(explanation(matter, stopped, isShown(matter, listener)));
        remedies(matter, listener, argument);
        // That no answer would come later either is known only where it is shown to hang.
        INFO.wontHelp().stream()
                .skip(isShown(matter, listener) ? 0 : 2)
                .forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** More than silence, which work that takes long keeps as well. */
    private static boolean isShown(Matter matter, Optional<Listener> listener) {
        return listener.filter(
                        l ->
                                allStopped(matter, l)
                                        || allBlocked(matter, l)
                                        || Holders.queueIsFull(l))
                .isPresent();
    }

    private static boolean allBlocked(Matter matter, Listener listener) {
        List<ProcessState> workers = Holders.workers(matter.scene(), listener);
        return !workers.isEmpty() && workers.stream().allMatch(p -> p.state() == 'D');
    }

    private static String title(
            Matter matter, Optional<ProcessState> owner, boolean stopped, boolean shown) {
        String who =
                owner.map(o -> "%s (PID %d)".formatted(Programs.name(o), o.pid()))
                        .orElse("the application");
        String full =
                stopped
                        ? "%s behind %s is stopped and answers nothing"
                                .formatted(who, matter.peerText())
                        : "%s behind %s %s"
                                .formatted(who, matter.peerText(), shown ? HANGS : MAY_HANG);
        return full.length() <= 100
                ? full
                : "%s %s".formatted(who, stopped || shown ? HANGS : MAY_HANG);
    }

    private static String explanation(Matter matter, boolean stopped, boolean shown) {
        if (!stopped && !shown) {
            return "Connections to %s come to be, and no answer follows before nginx gives up; one look cannot tell a hang from work that takes longer."
                    .formatted(matter.peerText());
        }
        return stopped
                ? "The kernel still takes connections for %s, but every process that should serve them is stopped by a signal or a debugger."
                        .formatted(matter.peerText())
                : "Connections to %s come to be, and no answer follows on any of them."
                        .formatted(matter.peerText());
    }

    private static void weighHolders(Matter matter, Listener listener, Argument argument) {
        List<ProcessState> stopped =
                Holders.workers(matter.scene(), listener).stream()
                        .filter(ProcessState::stopped)
                        .toList();
        if (!stopped.isEmpty()) {
            ProcessState one = stopped.getFirst();
            argument.because(
                    allStopped(matter, listener) ? DECISIVE : MODERATE,
                    matter.scene()
                            .sighting(
                                    one,
                                    "%s (PID %d) is in state %s (stopped); %d of %d workers are"
                                            .formatted(
                                                    one.name(),
                                                    one.pid(),
                                                    one.state(),
                                                    stopped.size(),
                                                    Holders.workers(matter.scene(), listener)
                                                            .size())));
        }
        if (allBlocked(matter, listener)) {
            ProcessState one = Holders.workers(matter.scene(), listener).getFirst();
            argument.because(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    one,
                                    "every process that serves it, as PID %d, waits in the kernel without an end (state D)"
                                            .formatted(one.pid())));
        }
        Holders.queue(listener)
                .filter(_ -> listener.queued().orElse(0) > 0)
                .ifPresent(
                        queue ->
                                argument.because(
                                        // At one look a busy server has a few waiting as well.
                                        Holders.queueIsFull(listener) ? STRONG : WEAK,
                                        "sockets",
                                        "%s connections wait to be accepted on %s"
                                                .formatted(queue, listener.address()),
                                        "ss -ltn"));
    }

    private static void weighProbe(Matter matter, Argument argument) {
        Optional<PeerProbe> probe =
                matter.peer().flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP));
        Optional<PoolStatus> pool = PeerPool.of(matter);
        pool.ifPresent(status -> weighPool(matter, status, argument));
        if (probe.isEmpty()) {
            if (pool.isEmpty()) {
                argument.provisional();
            }
            return;
        }
        switch (probe.get().outcome()) {
            case ProbeOutcome.Silent silent -> {
                boolean lasting = silent.waited().compareTo(LONG_SILENCE) >= 0;
                argument.becauseLikeRivals(
                        WEAK,
                        matter.scene()
                                .sighting(
                                        probe.get(),
                                        "a HEAD of / got no byte within %.1f s"
                                                .formatted(silent.waited().toMillis() / 1000.0)));
                if (!lasting) {
                    argument.provisional();
                }
            }
            case ProbeOutcome.Answered _ ->
                    argument.against(
                            STRONG, matter.scene().sighting(probe.get(), "it answers a HEAD of /"));
            case ProbeOutcome.Connected _,
                    ProbeOutcome.ConnectFailed _,
                    ProbeOutcome.ConnectTimedOut _,
                    ProbeOutcome.TlsFailed _,
                    ProbeOutcome.Closed _ -> {}
        }
    }

    /** Busy with slow pages, a pool is silent as well. */
    private static void weighPool(Matter matter, PoolStatus status, Argument argument) {
        if (PeerPool.isSilent(status)) {
            argument.becauseLikeRivals(
                    WEAK, matter.scene().sighting(status, PeerPool.words(status)));
        } else if (PeerPool.isFree(status)) {
            argument.against(STRONG, matter.scene().sighting(status, PeerPool.words(status)));
        }
    }

    private static void weighRequests(Matter matter, Argument argument) {
        PeerHistory.of(matter)
                .meanwhile()
                .ifPresent(
                        answered ->
                                argument.against(
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        answered,
                                                        "%d requests were answered by it meanwhile"
                                                                .formatted(answered.count()))));
        Standstill.of(matter)
                .ifPresent(
                        s ->
                                // Many slow requests behind each other keep it up as long.
                                argument.because(
                                        WEAK,
                                        "access.log",
                                        "requests wait, and none has been answered for %s, %d times the time-out"
                                                .formatted(s.words(), s.times()),
                                        "access log"));
    }

    private static void remedies(Matter matter, Optional<Listener> listener, Argument argument) {
        List<ProcessState> workers =
                listener.map(l -> Holders.workers(matter.scene(), l)).orElse(List.of());
        List<ProcessState> stopped = workers.stream().filter(ProcessState::stopped).toList();
        if (!stopped.isEmpty()) {
            argument.now(
                    "let it go on",
                    Risk.LOW,
                    stopped.stream()
                            .limit(4)
                            .map(
                                    p ->
                                            new Remedy.Step(
                                                    "sudo kill -CONT " + p.pid(),
                                                    "continues a stopped process; a debugger must let go of it first"))
                            .toArray(Remedy.Step[]::new));
        } else {
            argument.now(
                    isShown(matter, listener)
                            ? "keep the evidence, then restart it"
                            : "see what it does; restart it only if it stands still at a second look as well",
                    Risk.MEDIUM,
                    workers.isEmpty()
                            ? Steps.edit("take a stack dump of the application's process")
                            : stacks(workers.getFirst()),
                    Steps.restart(listener.flatMap(matter.scene()::owner)));
        }
        argument.toStay(
                "give every call of the application to something else a time-out, and let its server end workers that are stuck",
                Risk.LOW);
        workers.stream()
                .findFirst()
                .ifPresent(p -> argument.next(stacks(p).command(), "shows what it waits for"));
    }

    /** How a runtime shows its stacks without ending; SIGQUIT would end a Go program. */
    private static Remedy.Step stacks(ProcessState process) {
        String pid = Integer.toString(process.pid());
        if (Programs.is(process, "python")
                || Programs.is(process, "gunicorn")
                || Programs.is(process, "uwsgi")
                || Programs.is(process, "uvicorn")) {
            return new Remedy.Step("sudo py-spy dump --pid " + pid, "where each thread stands");
        }
        if (Programs.is(process, "java")) {
            return new Remedy.Step(
                    "sudo kill -QUIT " + pid,
                    "the JVM writes a thread dump to its output and goes on");
        }
        if (Programs.is(process, "ruby") || Programs.is(process, "puma")) {
            return new Remedy.Step("sudo rbspy dump --pid " + pid, "where each thread stands");
        }
        return new Remedy.Step(
                "sudo cat /proc/%1$s/wchan /proc/%1$s/stack".formatted(pid),
                "where it waits in the kernel");
    }
}
