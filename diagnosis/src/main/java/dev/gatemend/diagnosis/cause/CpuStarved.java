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
import dev.gatemend.diagnosis.PeerProcesses;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.HostLoad;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The application gets too little CPU time to answer in time. */
public final class CpuStarved implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "cpu-starved",
                    Group.LIMITS,
                    Frequency.RARE,
                    "CPU is saturated or the cgroup throttled, so answers come too late",
                    """
                    A control group with a quota (CPUQuota=, --cpus, limits.cpu) is stopped for the rest of each period once \
                    it has used its share; on a machine with more runnable tasks than CPUs all wait their turn. Either way \
                    work of milliseconds takes seconds, and nginx's read time-out passes.""",
                    "Most periods of its control group are throttled, or the run queue and CPU pressure are high, while it times out. Without that the request itself is slow: slow-upstream-read-timeout.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: the queue only grows",
                            "more workers: they share the same CPU time"));

    /** A quota that is used up in every second period halves the speed. */
    private static final int OFTEN = 2;

    private static final int CROWDED = 4;
    private static final int MOST_OF_THE_TIME = 90_00;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure =
                matter.trouble() == Trouble.TIMEOUT
                        ? matter.errors().stream().findFirst()
                        : Overload.failure(matter);
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<ControlGroup> throttled = throttled(matter);
        Optional<HostLoad> crowded =
                matter.scene().facts(HostLoad.class).filter(CpuStarved::isCrowded).findFirst();
        return throttled.isEmpty() && crowded.isEmpty()
                ? Judgement.notConcerned()
                : argue(matter, failure.get(), throttled, crowded);
    }

    private static boolean isCrowded(HostLoad load) {
        return load.runnable() >= (long) load.cpus() * CROWDED
                && load.pressure()
                        .filter(p -> p.cpuSome().ofSixty() >= MOST_OF_THE_TIME)
                        .isPresent();
    }

    /** Of the application's groups the one that is held back most. */
    private static Optional<ControlGroup> throttled(Matter matter) {
        return PeerProcesses.controlGroups(matter)
                .filter(g -> g.cpu().filter(CpuStarved::isHeldBack).isPresent())
                .max(Comparator.comparingLong(g -> g.cpu().orElseThrow().lateThrottled()));
    }

    private static boolean isHeldBack(ControlGroup.Cpu cpu) {
        return isHeldBackNow(cpu) || cpu.throttled() * OFTEN >= Math.max(1, cpu.periods());
    }

    private static boolean isHeldBackNow(ControlGroup.Cpu cpu) {
        return cpu.lateThrottled() > 0 && cpu.lateThrottled() * OFTEN >= cpu.latePeriods();
    }

    private static Judgement argue(
            Matter matter,
            ErrorGroup failure,
            Optional<ControlGroup> throttled,
            Optional<HostLoad> crowded) {
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(matter, throttled))
                        .becauseLikeRivals(MODERATE, matter.logged(failure));
        throttled.ifPresent(g -> weigh(matter, g, argument));
        crowded.ifPresent(
                h ->
                        argument.because(
                                throttled.isPresent() ? WEAK : MODERATE,
                                matter.scene()
                                        .sighting(
                                                h,
                                                "%d tasks want one of %d CPUs, and for a minute some waited %d %% of the time"
                                                        .formatted(
                                                                h.runnable(),
                                                                h.cpus(),
                                                                h.pressure()
                                                                                .orElseThrow()
                                                                                .cpuSome()
                                                                                .ofSixty()
                                                                        / 100))));
        argument.explain(
                "What serves %s waits for CPU time%s, so its answers come after nginx has given up."
                        .formatted(
                                matter.peer().isPresent() ? matter.peerText() : "the request",
                                throttled
                                        .map(
                                                g ->
                                                        " (its quota is %.2f CPUs)"
                                                                .formatted(
                                                                        g.cpu()
                                                                                        .orElseThrow()
                                                                                        .milliCpus()
                                                                                / 1000.0))
                                        .orElse("")));
        remedies(matter, throttled, argument);
        return argument.judgement();
    }

    private static String title(Matter matter, Optional<ControlGroup> throttled) {
        return Excerpt.title(
                throttled
                        .map(
                                g ->
                                        "%s is throttled: control group %s may use %.2f CPUs"
                                                .formatted(
                                                        peer(matter),
                                                        g.path(),
                                                        g.cpu().orElseThrow().milliCpus() / 1000.0))
                        .orElseGet(
                                () ->
                                        "%s waits for a CPU: the machine has too few"
                                                .formatted(peer(matter))));
    }

    private static String peer(Matter matter) {
        return matter.peer().isPresent() ? matter.peerText() : "the application";
    }

    private static void weigh(Matter matter, ControlGroup group, Argument argument) {
        ControlGroup.Cpu cpu = group.cpu().orElseThrow();
        boolean now = isHeldBackNow(cpu);
        // A quota that is met now and then is usual; in most periods it is not.
        Strength strength = now ? DECISIVE : cpu.periods() > 100 ? STRONG : MODERATE;
        argument.because(
                strength,
                matter.scene()
                        .sighting(
                                group,
                                now
                                        ? "control group %s was throttled in %d of its last %d periods, and in %d of %d so far"
                                                .formatted(
                                                        group.path(),
                                                        cpu.lateThrottled(),
                                                        cpu.latePeriods(),
                                                        cpu.throttled(),
                                                        cpu.periods())
                                        : "control group %s was throttled in %d of %d periods"
                                                .formatted(
                                                        group.path(),
                                                        cpu.throttled(),
                                                        cpu.periods())));
    }

    private static void remedies(
            Matter matter, Optional<ControlGroup> throttled, Argument argument) {
        Optional<String> unit =
                matter.listener().flatMap(matter.scene()::owner).flatMap(ProcessState::unit);
        if (throttled.isPresent()) {
            argument.now(
                    "raise its quota of CPU time",
                    Risk.LOW,
                    unit.map(
                                    u ->
                                            new Remedy.Step(
                                                    Shell.command(
                                                            "sudo",
                                                            "systemctl",
                                                            "set-property",
                                                            u,
                                                            "CPUQuota=200%"),
                                                    "two CPUs, at once and for later; choose what the host bears"))
                            .orElseGet(
                                    () ->
                                            Steps.edit(
                                                    "raise it where it is set: CPUQuota= of the unit, --cpus of the container, limits.cpu of the pod")));
        } else {
            argument.now(
                    "find who uses the CPUs, and move or slow it",
                    Risk.LOW,
                    new Remedy.Step(
                            "ps -eo pid,pcpu,comm --sort=-pcpu | head", "the busiest first"));
        }
        argument.toStay(
                "find what became expensive: a profile of the application, or what else was started here",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
