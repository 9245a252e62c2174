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
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.diagnosis.Workload;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** All workers or threads of an application server are busy, and requests wait for one. */
public final class AppWorkersExhausted implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-workers-exhausted",
                    Group.SLOW_OR_BUSY,
                    Frequency.OCCASIONAL,
                    "All workers or threads of another server are busy or stuck",
                    """
                    A server with a fixed number of workers or threads (gunicorn, uWSGI, Puma, Tomcat) takes no further \
                    request while all are at work. Requests wait in its accept queue, also those for quick pages: nginx \
                    answers 504, and once the queue of a unix socket is full, 502 (errno 11).""",
                    "Every worker holds a request and connections wait, while some requests still finish; or the server says so. When none finishes at all it is app-hung; when workers are free, listen-backlog-full; when their stacks name what they wait for, dependency-slow.",
                    List.of("dependency-slow", "app-hung"),
                    List.of(
                            "raising the backlog: more requests wait, and none is served sooner",
                            "raising nginx's time-outs: clients then wait longer for a worker",
                            "restarting nginx: it waits for the application"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure = Overload.failure(matter);
        if (failure.isEmpty() || Overload.isOfPhp(matter)) {
            return Judgement.notConcerned();
        }
        Optional<Testimony> said = said(matter);
        Optional<Workload> load = Workload.of(matter);
        boolean queueFull = Overload.queueFull(matter).isPresent();
        // A time-out alone is what any slow request looks like.
        if (!queueFull && said.isEmpty() && load.filter(l -> l.waiting() > 0).isEmpty()) {
            return Judgement.notConcerned();
        }
        return argue(matter, failure.get(), said, load);
    }

    private static Optional<Testimony> said(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().reversed().stream())
                .filter(t -> t.is(Words.NONE_FREE) || t.is(Words.QUEUE_FULL))
                .filter(t -> Meanwhile.mayBe(matter, t))
                .findFirst();
    }

    private static Judgement argue(
            Matter matter, ErrorGroup failure, Optional<Testimony> said, Optional<Workload> load) {
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(matter))
                        .becauseLikeRivals(MODERATE, matter.logged(failure));
        said.ifPresent(t -> weighWords(t, argument));
        load.ifPresent(l -> weighLoad(matter, l, argument));
        weighProbe(matter, argument);
        weighAnswers(matter, argument);
        if (load.isEmpty()) {
            argument.missing("sockets", "whether its workers are busy could not be seen");
        }
        argument.explain(
                "All that serve %s are at work, so further requests wait for one of them, quick ones too."
                        .formatted(matter.peer().isPresent() ? matter.peerText() : "the upstream"));
        remedies(matter, argument);
        return argument.judgement();
    }

    private static String title(Matter matter) {
        Optional<ProcessState> owner = matter.listener().flatMap(matter.scene()::owner);
        return Excerpt.title(
                "all workers of %s%s are busy, and requests wait for one"
                        .formatted(
                                owner.map(o -> "%s (PID %d)".formatted(Programs.name(o), o.pid()))
                                        .orElse("the application"),
                                matter.peer().isPresent() ? " behind " + matter.peerText() : ""));
    }

    /** A full queue is also what too short a one looks like. */
    private static void weighWords(Testimony said, Argument argument) {
        if (said.is(Words.NONE_FREE)) {
            argument.because(STRONG, said.sighting());
        } else {
            argument.becauseLikeRivals(MODERATE, said.sighting());
        }
    }

    private static void weighLoad(Matter matter, Workload load, Argument argument) {
        if (load.everybodyIsBusy()) {
            argument.because(
                    // What hangs holds its requests as well.
                    MODERATE, matter.scene().sighting(load.connections().getFirst(), load.words()));
        } else if (load.waiting() > 0) {
            argument.because(
                    Holders.queueIsFull(load.listener()) ? MODERATE : WEAK,
                    "sockets",
                    "%d connections wait to be accepted on %s"
                            .formatted(load.waiting(), load.listener().address()),
                    "ss -ltn");
        } else if (load.somebodyIsFree()) {
            argument.against(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    load.connections().getFirst(),
                                    "a worker is free and nobody waits now"));
        }
    }

    private static void weighProbe(Matter matter, Argument argument) {
        matter.peer()
                .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                .ifPresent(
                        probe -> {
                            if (probe.outcome() instanceof ProbeOutcome.Answered) {
                                argument.against(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        probe,
                                                        "it answers a HEAD of / within %d ms now"
                                                                .formatted(
                                                                        probe.took().toMillis())));
                            } else if (probe.outcome() instanceof ProbeOutcome.Silent) {
                                argument.becauseLikeRivals(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        probe,
                                                        "a HEAD of / waits in vain as well"));
                            }
                        });
    }

    private static void weighAnswers(Matter matter, Argument argument) {
        PeerHistory.of(matter)
                .meanwhile()
                .ifPresent(
                        a ->
                                argument.because(
                                        MODERATE,
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
                                        "none has been answered for %s, so they hang rather than work"
                                                .formatted(s.words()),
                                        "access log"));
    }

    private static void remedies(Matter matter, Argument argument) {
        argument.now(
                "find what keeps the workers, and have the server end requests that take too long",
                Risk.MEDIUM,
                Steps.edit(
                        "give it a time limit of its own (gunicorn --timeout, uWSGI harakiri, a statement time-out of the database)"));
        argument.toStay(
                "give it as many workers or threads as the load needs and the host bears; serve slow pages by a pool of their own",
                Risk.MEDIUM);
        matter.listener()
                .flatMap(matter.scene()::owner)
                .ifPresent(
                        owner ->
                                argument.next(
                                        "sudo ss -tnp state established | grep pid=" + owner.pid(),
                                        "shows what its workers are connected to while they are busy"));
        if (matter.listener().isEmpty()) {
            argument.next("ss -ltnx", "Recv-Q of its socket: how many requests wait for a worker");
        }
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
