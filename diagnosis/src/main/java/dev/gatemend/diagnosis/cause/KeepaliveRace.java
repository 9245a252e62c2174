package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Accesses;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Pooled;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The peer closes an idle connection at the moment nginx uses it again. */
public final class KeepaliveRace implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "keepalive-race",
                    Group.MISUNDERSTANDING,
                    Frequency.COMMON,
                    "A pooled connection is closed by the peer just as nginx reuses it",
                    """
                    With keepalive in the upstream block nginx holds idle connections for later requests, by default for 60 \
                    seconds. Many servers give an idle connection up sooner (Node.js, uvicorn and Apache after 5 seconds, \
                    gunicorn after 2). When a request meets that moment, the peer answers it with a reset. nginx tries \
                    again by itself, except with POST and PATCH, which might then happen twice.""",
                    "Few requests fail, the fewer the more traffic there is, mostly POST; the peer's idle time-out is shorter than nginx's.",
                    List.of(),
                    List.of(
                            "raising proxy_read_timeout: the peer closes an idle connection, it is not slow",
                            "proxy_next_upstream non_idempotent: orders and payments may then happen twice",
                            "more keepalive connections: each is idle for longer, so it happens more often"));

    /** nginx repeats these on another connection only if it is told to (RFC 9110, 9.2.2). */
    private static final Pattern NOT_REPEATED = Pattern.compile("^(?:POST|PATCH|LOCK) ");

    /** A race of microseconds hits a few in a hundred at the very most. */
    private static final double RARELY = 0.1;

    private static final double MOSTLY = 0.5;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> closed = matter.error(KeepaliveRace::beforeAnswer);
        if (matter.trouble() != Trouble.CLOSED || closed.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Pooled> pooled = Pooled.of(matter);
        return pooled.filter(p -> !p.here()).isPresent()
                ? Judgement.ruledOut(
                        "nginx keeps no connections to it: each request has one of its own")
                : argue(matter, closed.get(), pooled);
    }

    /** Once an answer has begun, the connection was alive. */
    private static boolean beforeAnswer(ErrorGroup group) {
        return group.sample()
                .phase()
                .filter(
                        p ->
                                p.startsWith("reading response header")
                                        || p.startsWith("sending request"))
                .isPresent();
    }

    private static Judgement argue(Matter matter, ErrorGroup closed, Optional<Pooled> pooled) {
        String peer = matter.peer().isPresent() ? matter.peerText() : "the peer";
        Argument argument =
                Argument.that(
                        "keepalive:" + matter.peerText(),
                        Excerpt.title(
                                pooled.filter(Pooled::isRace).isPresent()
                                        ? "%s closes idle connections just as nginx uses them again"
                                                .formatted(peer)
                                        : "%s may close idle connections just as nginx uses them again"
                                                .formatted(peer)));
        argument.because(WEAK, matter.logged(closed));
        weighMethod(matter, closed, argument);
        weighRate(matter, argument);
        pooled.ifPresentOrElse(
                p -> weigh(matter, p, argument),
                () ->
                        argument.missing(
                                "configuration", "whether the upstream block has keepalive"));
        argument.explain(
                "nginx sends a request on a connection that has been idle; the peer has just given it up and answers with a reset.");
        remedies(matter, pooled, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /**
     * What may be repeated is tried once more on another connection, even with a single peer
     * (ngx_http_upstream_free_keepalive_peer gives the try back), so clients see no error of it.
     */
    private static void weighMethod(Matter matter, ErrorGroup closed, Argument argument) {
        String request = closed.sample().request().orElse("");
        long errors =
                matter.accesses().stream()
                        .filter(a -> a.status() >= 500)
                        .mapToLong(AccessGroup::count)
                        .sum();
        if (NOT_REPEATED.matcher(request).find()) {
            argument.because(
                    MODERATE,
                    "request",
                    "%s is not tried again on another connection"
                            .formatted(request.substring(0, request.indexOf(' '))),
                    closed.where());
        } else if (request.startsWith("GET ") && errors >= matter.failures()) {
            argument.against(
                    STRONG,
                    "request",
                    "GET is tried again on another connection, and yet clients got errors",
                    closed.where());
        }
    }

    private static void weighRate(Matter matter, Argument argument) {
        long failed = Math.max(1, matter.failures());
        List<AccessGroup> answers = answers(matter);
        if (answers.isEmpty() && !isTold(matter)) {
            argument.missing("access.log", "how many requests of this place were answered");
            return;
        }
        long all = failed + answers.stream().mapToLong(AccessGroup::count).sum();
        double rate = (double) failed / all;
        String where =
                Stream.concat(answers.stream(), matter.accesses().stream())
                        .findFirst()
                        .map(AccessGroup::where)
                        .orElse("");
        if (rate <= RARELY) {
            argument.because(
                    MODERATE,
                    "access.log",
                    "%d of %d requests failed, the others were answered".formatted(failed, all),
                    where);
        } else if (rate > MOSTLY) {
            argument.against(
                    STRONG,
                    "access.log",
                    "%d of %d requests failed: a race hits few".formatted(failed, all),
                    where);
        }
    }

    /** The access log names the place, or the peer, of its requests. */
    private static boolean isTold(Matter matter) {
        return matter.accesses().stream().anyMatch(a -> !Accesses.isShared(a));
    }

    /** Of the same place; where the log tells none, all, if nginx passes nothing elsewhere. */
    private static List<AccessGroup> answers(Matter matter) {
        boolean alone =
                matter.configuration().stream()
                        .flatMap(NginxConfiguration::allLocations)
                        .filter(l -> l.pass().isPresent())
                        .allMatch(l -> matter.locations().anyMatch(l::equals));
        Stream<AccessGroup> here =
                isTold(matter)
                        ? matter.accesses().stream()
                        : matter.scene()
                                .accesses(matter.master().map(NginxMaster::pid).orElse(0))
                                .filter(_ -> alone);
        return here.filter(a -> a.status() < 500).toList();
    }

    private static void weigh(Matter matter, Pooled pooled, Argument argument) {
        if (pooled.isRace()) {
            argument.because(
                    MODERATE,
                    "configuration",
                    "nginx keeps an idle connection for %s, the program there for %s"
                            .formatted(
                                    seconds(pooled.idle()),
                                    seconds(pooled.peerIdle().orElseThrow())),
                    pooled.place());
        } else if (pooled.peerIdle().isPresent()) {
            argument.against(
                    STRONG,
                    "processes",
                    "the program there keeps an idle connection for %s, longer than nginx"
                            .formatted(seconds(pooled.peerIdle().get())),
                    pooled.place());
        } else {
            argument.because(
                    WEAK,
                    "configuration",
                    "nginx keeps idle connections for " + seconds(pooled.idle()),
                    pooled.place());
            argument.missing(
                    "processes", "how long %s keeps an idle one".formatted(matter.peerText()));
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    private static void remedies(Matter matter, Optional<Pooled> pooled, Argument argument) {
        long shorter =
                pooled.flatMap(Pooled::peerIdle)
                        .map(p -> Math.max(1, p.toSeconds() - 1))
                        .orElse(4L);
        argument.now(
                "give idle connections up before the peer does",
                Risk.LOW,
                Edit.of(
                        matter,
                        "in the upstream block, beside keepalive, write keepalive_timeout %ds;"
                                .formatted(shorter)));
        argument.toStay(
                "or have the application keep them longer than nginx: server.keepAliveTimeout = 75000 (Node.js), --keep-alive 75 (gunicorn), --timeout-keep-alive 75 (uvicorn)",
                Risk.LOW);
    }
}
