package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.OtherListeners;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Nothing listens where nginx dials, because the application does not run. */
public final class AppNotRunning implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-not-running",
                    Group.NOTHING_LISTENS,
                    Frequency.VERY_COMMON,
                    "The service, container or process behind the peer is stopped, disabled, not installed or was never started",
                    """
                    The kernel refuses a TCP connect to a port nobody listens on (errno 111), and a connect to a unix \
                    socket whose file the application took away when it stopped (errno 2). nginx is well; there is \
                    nothing behind it.""",
                    "Nobody listens, the owner is known and inactive without a failure, and no crash left a trace. An application that listens elsewhere speaks for wrong-port, wrong-bind-address or wrong-socket-path.",
                    List.of(
                            "app-crashed-at-start",
                            "app-crash-runtime",
                            "out-of-memory",
                            "app-segfault",
                            "wrong-port",
                            "wrong-bind-address",
                            "wrong-socket-path",
                            "nginx-not-running"),
                    List.of(
                            "restarting nginx: it is the application that is not there",
                            "raising nginx's time-outs: the connect fails at once"));

    private static final Duration LOG_RESOLUTION = Duration.ofSeconds(1);

    /** Who fails again and again does so sooner. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return Refusal.of(matter).map(r -> judge(matter, r)).orElse(Judgement.notConcerned());
    }

    private static Judgement judge(Matter matter, Refusal refusal) {
        Optional<PeerSide> side = PeerSide.of(matter);
        Optional<Listener> listener = side.flatMap(s -> s.listener(matter.peer().orElseThrow()));
        if (listener.isPresent()) {
            return isReached(matter, listener.get())
                    ? whileItListens(matter, refusal, listener.get())
                    : Judgement.ruledOut(
                            "a listener is bound to %s, only its file is not the one that stands there"
                                    .formatted(listener.get().address()));
        }
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(matter, side.isPresent()))
                        .because(MODERATE, refusal.sighting());
        side.ifPresentOrElse(
                s -> nobodyListens(matter, s, refusal, argument),
                () -> couldNotSee(matter, argument));
        StoppedOwner.weigh(matter, argument);
        Starting.weighAlive(matter, argument);
        Starting.remedy(matter, StoppedOwner.unit(matter), argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(Matter matter, boolean seen) {
        Optional<String> owner = StoppedOwner.name(matter);
        if (owner.isPresent()) {
            return "%s is not running: nobody listens on %s"
                    .formatted(owner.get(), matter.peerText());
        }
        return seen
                ? "nobody listens on %s: its application is not running"
                        .formatted(matter.peerText())
                : "nothing took connections on %s: its application may not be running"
                        .formatted(matter.peerText());
    }

    private static void nobodyListens(
            Matter matter, PeerSide side, Refusal refusal, Argument argument) {
        argument.because(
                side.absence(),
                matter.scene().sighting(side.table(), "nobody listens on " + matter.peerText()));
        argument.explain(
                refusal.errno() == Errno.ENOENT
                        ? "nginx dials %s, and no process has made a socket there."
                                .formatted(matter.peerText())
                        : "nginx dials %s and the kernel turns it away because no process listens there."
                                .formatted(matter.peerText()));
        PeerHistory history = PeerHistory.of(matter);
        history.answered()
                .ifPresent(
                        at ->
                                argument.because(
                                        MODERATE,
                                        "access.log",
                                        "%s answered until %s, so the address was right"
                                                .formatted(
                                                        matter.peerText(),
                                                        matter.scene().clock(at)),
                                        "access log"));
        // Applications remove their socket when they stop in order; a file left behind speaks of a
        // harder end.
        if (refusal.errno() == Errno.ECONNREFUSED && socketFileIsThere(matter)) {
            argument.against(
                    MODERATE,
                    "path",
                    "the socket file is still there; an application that stops in order removes it",
                    Refusal.walk(matter).orElseThrow().path());
        }
        doubt(matter, side, history, argument);
        AnotherPlace.doubt(matter, argument);
    }

    /** Not where the path holds no socket, or another one than this listener made. */
    private static boolean isReached(Matter matter, Listener listener) {
        Optional<PathStep> file =
                matter.unixPeer().flatMap(_ -> Refusal.walk(matter)).flatMap(Refusal::end);
        return file.map(
                        f ->
                                f.kind() == FileKind.SOCKET
                                        && listener.boundTo(f.inode()).orElse(true))
                .orElse(true);
    }

    private static boolean socketFileIsThere(Matter matter) {
        return Refusal.walk(matter)
                .flatMap(Refusal::end)
                .filter(step -> step.kind() == FileKind.SOCKET)
                .isPresent();
    }

    /** Another application that nothing passes to may be the one nginx means. */
    private static void doubt(
            Matter matter, PeerSide side, PeerHistory history, Argument argument) {
        List<OtherListener> others =
                OtherListeners.of(matter, side).stream()
                        .filter(o -> hasSamePort(matter, o) || o.kinship() != Kinship.STRANGER)
                        .filter(o -> !o.wasThereWhen(history))
                        .sorted(Comparator.comparing(o -> !hasSamePort(matter, o)))
                        .toList();
        if (others.isEmpty() || StoppedOwner.name(matter).isPresent()) {
            return;
        }
        Intended intended = Intended.among(matter, side, others);
        OtherListener other = intended.other();
        String runs =
                "%s runs, nothing passes to it, and it listens on %s"
                        .formatted(other.who(), other.address());
        // Where a part of the sockets may be all that was seen, there may be more such listeners.
        if (side.table().complete()) {
            argument.against(
                    hasSamePort(matter, other) && intended.isShown() ? MODERATE : WEAK,
                    "processes",
                    runs,
                    "ss -ltnxp");
        } else {
            argument.missing("processes", "what it is for: " + runs);
        }
        other.owner()
                .ifPresent(
                        o ->
                                argument.next(
                                        "ps -o pid,user,lstart,args -p " + o.pid(),
                                        "shows whether PID %d on %s is the application that nginx means"
                                                .formatted(o.pid(), other.address())));
    }

    private static boolean hasSamePort(Matter matter, OtherListener other) {
        return matter.tcpPeer().filter(p -> WrongPort.samePort(other.address(), p)).isPresent();
    }

    private static void couldNotSee(Matter matter, Argument argument) {
        argument.explain(
                "nginx dialled %s and was turned away; who listens there could not be seen."
                        .formatted(matter.peerText()));
        argument.missing("sockets", "who listens at " + matter.peerText());
        matter.tcpPeer()
                .ifPresentOrElse(
                        peer ->
                                argument.next(
                                        "ss -ltnp 'sport = :%d'".formatted(peer.port()),
                                        "on the machine or in the container of %s: shows whether anybody listens, and at which address"
                                                .formatted(peer.host())),
                        () ->
                                argument.next(
                                        "sudo ss -lxnp",
                                        "shows whether anybody listens on that socket"));
    }

    /**
     * Someone listens now. It was down before if its process is younger than the last failure; it
     * was there if it is older. The log counts whole seconds, so a process that started in the
     * second of the last failure is weaker proof, and none before some time went by without
     * another.
     */
    private static Judgement whileItListens(Matter matter, Refusal refusal, Listener listener) {
        Optional<ProcessState> owner = matter.scene().owner(listener);
        Optional<Instant> first = matter.first();
        Optional<Instant> last = matter.last();
        if (matter.scene().isGiven()) {
            return perhapsLater(matter, refusal);
        }
        if (owner.isEmpty() || first.isEmpty() || last.isEmpty()) {
            return Judgement.ruledOut("somebody listens on " + matter.peerText());
        }
        Instant started = owner.get().startedAt();
        boolean later = !started.isBefore(last.get().plus(LOG_RESOLUTION));
        boolean settled =
                !started.isBefore(last.get())
                        && !started.isAfter(matter.scene().snapshot().at().minus(SETTLING));
        if (!later && !settled) {
            return Judgement.ruledOut(
                    "PID %d has been running since %s and listens on %s"
                            .formatted(
                                    owner.get().pid(),
                                    matter.scene().clock(started),
                                    matter.peerText()));
        }
        return wasDown(matter, refusal, owner.get(), later);
    }

    /** A text shows who listened when it was typed, which is after the failures. */
    private static Judgement perhapsLater(Matter matter, Refusal refusal) {
        Argument argument =
                Argument.that(
                                "peer:" + matter.peerText(),
                                "nothing took connections on %s when nginx dialled it"
                                        .formatted(matter.peerText()))
                        .because(MODERATE, refusal.sighting());
        matter.sockets()
                .ifPresent(
                        table ->
                                argument.against(
                                        STRONG,
                                        matter.scene()
                                                .sighting(
                                                        table,
                                                        "somebody listens on %s by the table, which is of later than the failures"
                                                                .formatted(matter.peerText()))));
        return argument.explain(
                        "The connect was refused, and later somebody listened there: started in between, or in another place than nginx's.")
                .judgement();
    }

    private static Judgement wasDown(
            Matter matter, Refusal refusal, ProcessState owner, boolean later) {
        String started = matter.scene().clock(owner.startedAt());
        Argument argument =
                Argument.that(
                                "peer:" + matter.peerText(),
                                "the application of %s was not running until %s"
                                        .formatted(matter.peerText(), started))
                        .because(MODERATE, refusal.sighting())
                        .because(
                                later ? STRONG : MODERATE,
                                matter.scene()
                                        .sighting(
                                                owner,
                                                (later
                                                                ? "the last failure is older than %s (PID %d), which started at %s"
                                                                : "nothing has failed since %s (PID %d) started at %s")
                                                        .formatted(
                                                                owner.name(),
                                                                owner.pid(),
                                                                started)))
                        .explain(
                                "Nobody listened on %s while requests failed; PID %d has been listening there since it started at %s."
                                        .formatted(matter.peerText(), owner.pid(), started))
                        .toStay(
                                "find out who stopped it, and let it come back by itself",
                                Risk.LOW,
                                owner.unit()
                                        .map(
                                                u ->
                                                        Steps.journal(
                                                                u,
                                                                "says when it stopped, and on whose word"))
                                        .orElseGet(
                                                () ->
                                                        Steps.edit(
                                                                "look into the application's own log")))
                        .wontHelp("restarting nginx: it was the application that was not there");
        Starting.weighKeeper(matter, owner, argument);
        return argument.judgement();
    }
}
