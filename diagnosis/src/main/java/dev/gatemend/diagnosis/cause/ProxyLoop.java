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
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PassLoop;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import java.util.List;

/** A pass leads nginx back to itself. */
public final class ProxyLoop implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "proxy-loop",
                    Group.WRONG_PLACE,
                    Frequency.RARE,
                    "The pass leads back to the same nginx",
                    """
                    A pass that names nginx's own address, or a name that has come to mean it, hands each request to nginx \
                    again. Every round takes two connections, until worker_connections or descriptors are used up (500), \
                    a time-out strikes (504) or the growing X-Forwarded-For no longer fits (400).""",
                    "The peer is one of nginx's own listeners, and the site that answers there passes the request on to it again.",
                    List.of(),
                    List.of(
                            "raising worker_connections or the open-file limit: the next request uses them up too",
                            "restarting the application: no request reaches it",
                            "larger header buffers: the header grows with each round"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.kind() != Symptom.Kind.TRAFFIC || !isItsSymptom(matter)) {
            return Judgement.notConcerned();
        }
        return PassLoop.of(matter)
                .filter(loop -> isExhausted(matter) || loop.concerns(matter))
                .map(loop -> argue(matter, loop))
                .orElse(Judgement.notConcerned());
    }

    private static boolean isItsSymptom(Matter matter) {
        return switch (matter.trouble()) {
            case CONNECT, TIMEOUT, CLOSED, UPSTREAM_STATUS, OWN_STATUS, NO_PEERS, BAD_RESPONSE ->
                    true;
            case LOCAL -> isExhausted(matter);
            case TLS, RESOLVE, UNTOLD, ABORTED, STANDING -> false;
        };
    }

    /** What a circle uses up first, of whichever request nginx says it then. */
    private static boolean isExhausted(Matter matter) {
        return matter.trouble() == Trouble.LOCAL
                && (matter.message("worker-connections-not-enough").isPresent()
                        || matter.message("too-many-open-files").isPresent()
                        || matter.message("upstream-socket-failed").isPresent());
    }

    private static Judgement argue(Matter matter, PassLoop loop) {
        String at = loop.pass().position().fileAndLine();
        String site = loop.site().name().isEmpty() ? "the default site" : loop.site().name();
        Argument argument =
                Argument.that(
                        "pass:" + at,
                        Excerpt.title(
                                "%s leads nginx back to itself at %s"
                                        .formatted(loop.pass().kind().directive(), loop.peer())));
        matter.errors().stream()
                .findFirst()
                .ifPresent(e -> argument.becauseLikeRivals(MODERATE, matter.logged(e)));
        argument.because(
                DECISIVE,
                "configuration",
                "'%s' leads to nginx's own listener %s, where %s hands the request to it again"
                        .formatted(written(loop), loop.peer(), site),
                at);
        ownListener(matter, loop, argument);
        throughItself(matter, argument);
        argument.explain(
                "nginx listens on %s itself and %s takes what is passed there, so each request goes round and takes two connections every time."
                        .formatted(loop.peer(), site));
        argument.now(
                "pass to the application's own address",
                Risk.LOW,
                Steps.edit(
                        "in %s write the address that the application listens on in place of %s"
                                .formatted(at, loop.peer())),
                Steps.reload(matter));
        argument.toStay(
                "write addresses, not the site's public name, in passes: the name may come to mean this host",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** A limit that a circle uses up is not too low: said where the limit is judged. */
    static void speaksAgainstLimit(Matter matter, Argument argument) {
        PassLoop.of(matter)
                .ifPresent(
                        loop ->
                                argument.against(
                                        STRONG,
                                        "configuration",
                                        "'%s' leads nginx back to itself: one request uses up any limit"
                                                .formatted(written(loop)),
                                        loop.pass().position().fileAndLine()));
    }

    /** Who answers there is nginx itself: said where an application is blamed. */
    static void speaksAgainstUpstream(Matter matter, Argument argument) {
        PassLoop.of(matter)
                .filter(loop -> loop.concerns(matter))
                .ifPresent(
                        loop ->
                                argument.against(
                                        DECISIVE,
                                        "configuration",
                                        "'%s' leads nginx back to itself, not to an application"
                                                .formatted(written(loop)),
                                        loop.pass().position().fileAndLine()));
    }

    private static String written(PassLoop loop) {
        return Excerpt.of(loop.pass().kind().directive() + " " + loop.pass().written(), 80);
    }

    private static void ownListener(Matter matter, PassLoop loop, Argument argument) {
        matter.sockets()
                .filter(
                        t ->
                                t.listeners().stream()
                                        .filter(
                                                l ->
                                                        matter.master()
                                                                .filter(
                                                                        m ->
                                                                                l.pids()
                                                                                        .contains(
                                                                                                m
                                                                                                        .pid()))
                                                                .isPresent())
                                        .anyMatch(l -> l.address().equals(loop.peer())))
                .ifPresent(
                        t ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        t,
                                                        "nginx itself listens on " + loop.peer())));
    }

    /** nginx is its own client from the second round on; local clients look the same. */
    private static void throughItself(Matter matter, Argument argument) {
        matter.error(e -> e.sample().client().filter(ProxyLoop::isLoopback).isPresent())
                .ifPresent(
                        e ->
                                argument.because(
                                        WEAK,
                                        "error.log",
                                        "the client of these requests is this host itself",
                                        e.where()));
    }

    private static boolean isLoopback(String client) {
        return client.startsWith("127.") || client.equals("::1") || client.startsWith("unix:");
    }
}
