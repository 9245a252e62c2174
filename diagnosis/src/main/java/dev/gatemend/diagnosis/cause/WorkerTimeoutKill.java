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
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The application server ends its own worker at its own limit, with the request on it. */
public final class WorkerTimeoutKill implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "worker-timeout-kill",
                    Group.SLOW_OR_BUSY,
                    Frequency.COMMON,
                    "The application server kills its own worker at its own limit",
                    """
                    gunicorn (--timeout, 30 s), uWSGI (harakiri), PHP-FPM (request_terminate_timeout), Puma (worker_timeout), \
                    unicorn and Odoo end a worker that takes too long. nginx finds the connection reset or closed before an \
                    answer, and says 502 long before its own read time-out.""",
                    "The server's own line (WORKER TIMEOUT, HARAKIRI, 'execution timed out, terminating') at the time of the failures. When nginx gives up first it logs errno 110 and answers 504: slow-upstream-read-timeout.",
                    List.of(),
                    List.of(
                            "raising nginx's read time-out: the application server gives up sooner",
                            "more memory for gunicorn's 'Perhaps out of memory?': it prints that after any SIGKILL, its own included"));

    /** An asynchronous worker has more than one request on it when it is killed. */
    private static final int LOST_WITH_ONE_WORKER = 8;

    private record Killed(Account account, List<Testimony> lines) {
        Testimony last() {
            return lines.getLast();
        }

        Optional<OwnLimit> limit() {
            return OwnLimit.in(last().text());
        }

        String server() {
            return limit().map(OwnLimit::server).orElse("the application server");
        }
    }

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.trouble() != Trouble.CLOSED && matter.trouble() != Trouble.TIMEOUT) {
            return Judgement.notConcerned();
        }
        return Account.of(matter).stream()
                .flatMap(account -> killed(matter, account).stream())
                .findFirst()
                .map(killed -> argue(matter, killed))
                .orElse(Judgement.notConcerned());
    }

    private static Optional<Killed> killed(Matter matter, Account account) {
        List<Testimony> lines =
                account.lines().stream()
                        .filter(t -> t.is(Words.WORKER_KILLED) && Meanwhile.mayBe(matter, t))
                        .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Killed(account, lines));
    }

    private static Judgement argue(Matter matter, Killed killed) {
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s behind %s kills its own worker at its time limit"
                                        .formatted(killed.server(), peer(matter))));
        Gone.weighLogged(matter, argument);
        boolean enough = matter.failures() <= (long) killed.lines().size() * LOST_WITH_ONE_WORKER;
        argument.because(enough ? STRONG : MODERATE, killed.last().sighting());
        ownLimit(matter)
                .ifPresent(
                        p ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "%s (PID %d) is started with a time limit for its workers"
                                                                .formatted(
                                                                        Programs.name(p),
                                                                        p.pid()))));
        if (matter.trouble() == Trouble.TIMEOUT) {
            // Then the worker lived longer than nginx waited.
            argument.against(
                    MODERATE,
                    "error.log",
                    "nginx gave up first (errno 110)",
                    matter.errors().isEmpty() ? "" : matter.errors().getFirst().where());
        }
        argument.explain(
                "%s ended a worker that ran into its own limit%s, and the request on it was lost; nginx only saw the connection end."
                        .formatted(
                                killed.server(),
                                killed.limit().map(l -> ", " + l.setting()).orElse("")));
        remedies(matter, killed, argument);
        return argument.judgement();
    }

    private static String peer(Matter matter) {
        return matter.peer().isPresent() ? matter.peerText() : "the upstream";
    }

    private static Optional<ProcessState> ownLimit(Matter matter) {
        return matter.listener()
                .flatMap(matter.scene()::owner)
                .filter(p -> p.command().matches(".*(?: --timeout[= ]| -t \\d| --harakiri[= ]).*"));
    }

    private static void remedies(Matter matter, Killed killed, Argument argument) {
        argument.now(
                "let such requests take longer where they are meant to",
                Risk.LOW,
                Steps.edit(
                        killed.limit()
                                .map(OwnLimit::remedy)
                                .orElse("raise the application server's own time limit")),
                Steps.restart(matter.listener().flatMap(matter.scene()::owner)),
                Steps.edit(
                        "keep nginx's read time-out above that limit, so that the one who knows gives up first"));
        argument.toStay(
                "make the request short: find what it waits for (a trace often follows in the log), or hand long work to a job queue",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
