package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerProcess;
import dev.gatemend.diagnosis.PeerProcesses;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.HostLoad;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.TaskLimit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The application may not start another process or thread. */
public final class ProcessLimit implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "process-limit",
                    Group.LIMITS,
                    Frequency.RARE,
                    "Process or thread limit (ulimit, pids cgroup, kernel) stops the application",
                    """
                    A fork or a new thread fails with EAGAIN when the user has as many as RLIMIT_NPROC allows (ulimit -u, \
                    LimitNPROC=), the control group as many as pids.max allows (TasksMax=, --pids-limit), or the kernel as \
                    many as it takes. The application cannot start workers, or drops requests it has no thread for.""",
                    "Its log says 'Resource temporarily unavailable' of a fork or thread, or a count stands at its limit. errno 11 of a connect() in nginx's log is another matter: a full accept queue.",
                    List.of(),
                    List.of(
                            "raising open-file limits: processes are counted apart",
                            "more memory: 'unable to create native thread' is most often this limit"));

    private static final Set<Trouble> TROUBLES =
            Set.of(Trouble.CONNECT, Trouble.CLOSED, Trouble.TIMEOUT, Trouble.UPSTREAM_STATUS);

    private static final double NEARLY = 0.97;

    /** What stands at its limit, and how to raise that. */
    private record Limit(String what, Sighting sighting, Remedy.Step raise) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!TROUBLES.contains(matter.trouble())) {
            return Judgement.notConcerned();
        }
        Optional<Testimony> said = said(matter);
        Optional<Limit> limit = group(matter).or(() -> user(matter)).or(() -> machine(matter));
        return said.isEmpty() && limit.isEmpty()
                ? Judgement.notConcerned()
                : argue(matter, said, limit);
    }

    private static Optional<Testimony> said(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().reversed().stream())
                .filter(t -> t.is(Words.FORK_REFUSED) && Meanwhile.mayBe(matter, t))
                .findFirst();
    }

    private static Set<Integer> pids(Matter matter) {
        Set<Integer> pids = new HashSet<>(PeerProcesses.of(matter).pids());
        matter.listener().ifPresent(l -> pids.addAll(l.pids()));
        PeerProcess.of(matter).forEach(p -> pids.add(p.process().pid()));
        return pids;
    }

    private static Optional<Limit> group(Matter matter) {
        Set<Integer> pids = pids(matter);
        return matter.scene()
                .facts(ControlGroup.class)
                .filter(g -> g.pids().stream().anyMatch(pids::contains))
                .filter(g -> g.tasks().filter(t -> t.now() >= t.most()).isPresent())
                .findFirst()
                .map(
                        g ->
                                new Limit(
                                        "control group " + g.path(),
                                        matter.scene()
                                                .sighting(
                                                        g,
                                                        "control group %s has %d of %d tasks"
                                                                .formatted(
                                                                        g.path(),
                                                                        g.tasks()
                                                                                .orElseThrow()
                                                                                .now(),
                                                                        g.tasks()
                                                                                .orElseThrow()
                                                                                .most())),
                                        raise(matter)));
    }

    private static Remedy.Step raise(Matter matter) {
        return matter.listener()
                .flatMap(matter.scene()::owner)
                .flatMap(ProcessState::unit)
                .map(
                        u ->
                                new Remedy.Step(
                                        Shell.command("sudo", "systemctl", "edit", u),
                                        "write [Service] and a higher TasksMax= (or LimitNPROC=), then restart it"))
                .orElseGet(
                        () ->
                                Steps.edit(
                                        "raise it where the application is started: TasksMax= of its unit, --pids-limit of its container, ulimit -u"));
    }

    private static Optional<Limit> user(Matter matter) {
        Set<Integer> pids = pids(matter);
        return matter.scene()
                .facts(TaskLimit.class)
                .filter(l -> pids.contains(l.pid()) && l.now() >= l.most())
                .findFirst()
                .map(
                        l ->
                                new Limit(
                                        "user " + l.uid(),
                                        matter.scene()
                                                .sighting(
                                                        l,
                                                        "user %d has %d processes and threads, and PID %d may have no more than %d"
                                                                .formatted(
                                                                        l.uid(), l.now(), l.pid(),
                                                                        l.most())),
                                        raise(matter)));
    }

    private static Optional<Limit> machine(Matter matter) {
        return matter.scene()
                .facts(HostLoad.class)
                .filter(h -> h.tasks() >= h.mostTasks() * NEARLY)
                .findFirst()
                .map(
                        h ->
                                new Limit(
                                        "the machine",
                                        matter.scene()
                                                .sighting(
                                                        h,
                                                        "the machine has %d of at most %d processes and threads"
                                                                .formatted(
                                                                        h.tasks(), h.mostTasks())),
                                        new Remedy.Step(
                                                "ps -eLo user= | sort | uniq -c | sort -n | tail",
                                                "shows who has so many")));
    }

    private static Judgement argue(Matter matter, Optional<Testimony> said, Optional<Limit> limit) {
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "the application%s may not start another process or thread%s"
                                        .formatted(
                                                matter.peer().isPresent()
                                                        ? " behind " + matter.peerText()
                                                        : "",
                                                limit.map(l -> " (%s)".formatted(l.what()))
                                                        .orElse(""))));
        Gone.weighOrLogged(matter, argument);
        said.ifPresent(t -> argument.because(STRONG, t.sighting()));
        limit.ifPresent(l -> argument.because(STRONG, l.sighting()));
        rejected(matter).ifPresent(s -> argument.because(MODERATE, s));
        argument.explain(
                "A fork or a new thread was refused with EAGAIN; what needed it was not served.");
        argument.now(
                "raise the limit that is reached, once it is clear that no leak fills it",
                Risk.MEDIUM,
                limit.map(Limit::raise).orElseGet(() -> raise(matter)),
                Steps.restart(matter.listener().flatMap(matter.scene()::owner)));
        argument.toStay(
                "watch how many processes and threads it has, and bound its pools below the limit",
                Risk.LOW);
        if (limit.isEmpty()) {
            argument.next(
                    "grep . /sys/fs/cgroup/system.slice/*.service/pids.events; ulimit -u",
                    "shows which limit refused it");
        }
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** The kernel's line names the group; that of the application's unit or of one at its limit. */
    private static Optional<Sighting> rejected(Matter matter) {
        Set<Integer> pids = pids(matter);
        return matter.scene()
                .facts(KernelEvent.ForkRejected.class)
                .filter(
                        e ->
                                matter.scene()
                                        .facts(ControlGroup.class)
                                        .filter(g -> g.pids().stream().anyMatch(pids::contains))
                                        .anyMatch(g -> e.cgroup().endsWith(g.path())))
                .findFirst()
                .map(
                        e ->
                                matter.scene()
                                        .sighting(
                                                e,
                                                "the kernel refused a fork in %s at %s"
                                                        .formatted(
                                                                e.cgroup(),
                                                                matter.scene().clock(e.at()))));
    }
}
