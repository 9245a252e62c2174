package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;

/** Whoever asks gives up before the answer: clients, or a balancer in front of nginx. */
public final class ClientAbort499 implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "client-abort-499",
                    Group.SLOW_OR_BUSY,
                    Frequency.OCCASIONAL,
                    "The client or the balancer in front gave up first",
                    """
                    nginx notes 499 when a client closes the connection before it got an answer. On every busy site some do, \
                    and nothing is wrong then. Where next to all requests of a place end so, the answer takes longer than \
                    clients wait: a balancer in front with a time-out below nginx's (and its own 502 or 504 towards \
                    people), a script with a short limit, or an application that has become slow.""",
                    "Status 499 and no upstream failure; the balancer's own log has its time-out.",
                    List.of(),
                    List.of(
                            "proxy_ignore_client_abort on: the 499 disappear, and the work for nobody stays",
                            "raising proxy_read_timeout: it is not nginx that gave up"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.trouble() == Trouble.ABORTED ? argue(matter) : Judgement.notConcerned();
    }

    private static Judgement argue(Matter matter) {
        AccessGroup aborted =
                matter.accesses().stream()
                        .filter(a -> a.status() == Trouble.ABORTED.status())
                        .findFirst()
                        .orElseThrow();
        long all = matter.accesses().stream().mapToLong(AccessGroup::count).sum();
        String peer = matter.peer().isPresent() ? matter.peerText() : "the application";
        Argument argument =
                Argument.that(
                        "abort:" + aborted.log() + matter.peerText(),
                        Excerpt.title(
                                "clients, or a balancer in front, give up before %s answers"
                                        .formatted(peer)));
        argument.because(
                STRONG,
                "access.log",
                "%d of %d requests ended in 499: the client closed before it got an answer"
                        .formatted(aborted.count(), all),
                aborted.where());
        argument.because(
                WEAK, "error.log", "nginx logged no failure of an upstream for them", "error log");
        if (matter.connectsNow()) {
            argument.because(MODERATE, "probes", "%s takes connections".formatted(peer), "connect");
        }
        argument.missing("balancer", "its time-out, and who these clients are, is not known here");
        argument.explain(
                "nginx would have waited longer. Whoever asked did not, so nobody was served, and no error was logged.");
        argument.now(
                "find out who gives up, and after how long",
                Risk.LOW,
                Steps.edit(
                        "compare the clients' addresses in the access log with your balancer's, and its time-out with $request_time"));
        argument.now(
                "make the answer quicker than that",
                Risk.MEDIUM,
                Steps.edit("look in the application's log for what these requests wait for"));
        argument.toStay(
                "let each time-out be longer than that of whoever stands behind: balancer > nginx > application",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
