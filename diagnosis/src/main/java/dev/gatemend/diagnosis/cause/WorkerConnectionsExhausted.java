package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.WorkerLimits;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All connection slots of a worker are taken. */
public final class WorkerConnectionsExhausted implements Cause {
    /** ngx_connection.c, ngx_get_connection: {@code "%ui worker_connections are not enough"}. */
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,9}) worker_connections");

    private static final CauseInfo INFO =
            new CauseInfo(
                    "worker-connections-exhausted",
                    Group.LIMITS,
                    Frequency.OCCASIONAL,
                    "nginx's worker_connections are used up",
                    """
                    A worker has worker_connections slots (512 unless set) for clients, idle keepalive connections and \
                    upstreams together, and a proxied request takes two. At the limit new clients are dropped and \
                    requests that need an upstream get 500.""",
                    "The alert in the error log; no other cause writes it.",
                    List.of(),
                    List.of(
                            "worker_rlimit_nofile alone: the slots are counted by worker_connections",
                            "more worker_processes than cores: each has the same limit, and the kernel spreads clients unevenly"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.message("worker-connections-not-enough")
                .map(g -> argue(matter, g))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        long limit = limit(group).orElseGet(() -> WorkerLimits.connections(matter));
        long suggestion = WorkerLimits.roundedUp(4 * limit);
        int workers = WorkerLimits.workerCount(matter);
        Argument argument =
                Argument.that(
                                WorkerLimits.place(matter),
                                "nginx's %d worker_connections are used up".formatted(limit))
                        .because(DECISIVE, matter.logged(group));
        WorkerLimits.setting(matter, "worker_connections")
                .ifPresent(
                        where ->
                                argument.because(
                                        WEAK,
                                        "config",
                                        "worker_connections %d is in effect"
                                                .formatted(WorkerLimits.connections(matter)),
                                        where));
        ProxyLoop.speaksAgainstLimit(matter, argument);
        argument.explain(
                "Each worker has %d connections, and a proxied request takes two: about %d requests at once%s."
                        .formatted(
                                limit,
                                limit / 2,
                                workers > 1 ? " in each of %d workers".formatted(workers) : ""));
        remedies(matter, suggestion, argument);
        slowPeers(matter, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Optional<Long> limit(ErrorGroup group) {
        Matcher matcher = LIMIT.matcher(group.sample().message());
        return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    private static void remedies(Matter matter, long suggestion, Argument argument) {
        String where =
                WorkerLimits.setting(matter, "worker_connections")
                        .map(w -> "in " + w)
                        .orElse("in the events block of nginx.conf");
        boolean filesSuffice =
                WorkerLimits.openFiles(matter).filter(f -> f > suggestion).isPresent();
        String files =
                filesSuffice
                        ? ""
                        : " and worker_rlimit_nofile %d; at the top level, as every connection is an open file"
                                .formatted(2 * suggestion);
        argument.now(
                "give each worker more connections",
                Risk.LOW,
                Steps.edit("%s write worker_connections %d;%s".formatted(where, suggestion, files)),
                Steps.reload(matter));
        argument.toStay(
                "keep connections short: keepalive_timeout for idle clients, read time-outs for slow peers",
                Risk.LOW);
    }

    /** Requests that wait for a slow peer hold their two connections all the time. */
    private static void slowPeers(Matter matter, Argument argument) {
        matter.scene()
                .errors(matter.master().map(NginxMaster::pid).orElse(0))
                .filter(g -> Trouble.of(g.sample()).filter(Trouble.TIMEOUT::equals).isPresent())
                .findFirst()
                .flatMap(ErrorGroup::peer)
                .ifPresent(
                        peer ->
                                argument.toStay(
                                        "look at %s first: requests to it run into time-outs, and waiting requests hold connections"
                                                .formatted(peer),
                                        Risk.LOW));
    }
}
