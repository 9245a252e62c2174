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
import dev.gatemend.diagnosis.PeerProcesses;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.HostLoad;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** Tasks wait for memory: pages are evicted, swapped and read again, and nothing was killed. */
public final class MemoryPressure implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "memory-pressure",
                    Group.LIMITS,
                    Frequency.RARE,
                    "Reclaim and swapping starve the host though nothing was killed",
                    """
                    When memory is short the kernel evicts pages that are needed again a moment later, from files or from \
                    swap, and tasks wait for them. Everything goes on at a crawl: time-outs everywhere, a high load with an \
                    idle CPU. The OOM killer may never come.""",
                    "Pressure stall figures of memory, pages swapped in or read again, and no process killed. With a kill it is out-of-memory.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: the host does not become faster",
                            "dropping caches: the pages that are missed are among them"));

    /** A tenth of the time is noticed by everybody (systemd-oomd acts at 60 %). */
    private static final long STALLED = 10_00;

    private static final long MANY_PAGES = 1_000;
    private static final double FULL = 0.95;
    private static final int BYTES_OF_MIB = 1 << 20;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure =
                matter.trouble() == Trouble.TIMEOUT || matter.trouble() == Trouble.CLOSED
                        ? matter.errors().stream().findFirst()
                        : Overload.failure(matter);
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<HostLoad> host =
                matter.scene().facts(HostLoad.class).filter(MemoryPressure::isShort).findFirst();
        Optional<ControlGroup> group = group(matter, host.isPresent());
        return group.isEmpty() && host.isEmpty()
                ? Judgement.notConcerned()
                : argue(matter, failure.get(), group, host);
    }

    private static boolean isShort(HostLoad load) {
        return load.pressure()
                .filter(
                        p ->
                                p.memorySome().ofTen() >= STALLED
                                        || p.memorySome().ofSixty() >= STALLED)
                .isPresent();
    }

    /**
     * A group of control groups' first version does not tell who waits for memory in it: there it
     * is the one that is full while somebody on the host does.
     */
    private static Optional<ControlGroup> group(Matter matter, boolean hostIsShort) {
        return PeerProcesses.controlGroups(matter)
                .filter(g -> g.memory().filter(m -> isShort(m, hostIsShort)).isPresent())
                .findFirst();
    }

    private static boolean isShort(ControlGroup.Memory memory, boolean hostIsShort) {
        return memory.now() >= memory.most() * FULL
                && memory.stalled().orElse(hostIsShort ? STALLED : 0) >= STALLED;
    }

    private static Judgement argue(
            Matter matter,
            ErrorGroup failure,
            Optional<ControlGroup> group,
            Optional<HostLoad> host) {
        Argument argument =
                Argument.that(
                                group.isPresent() ? "peer:" + matter.peerText() : "host",
                                Excerpt.title(
                                        group.map(
                                                        g ->
                                                                "control group %s waits for memory: it may use %d MiB"
                                                                        .formatted(
                                                                                g.path(),
                                                                                g.memory()
                                                                                                .orElseThrow()
                                                                                                .most()
                                                                                        / BYTES_OF_MIB))
                                                .orElse(
                                                        "the host is short of memory, and its tasks wait for pages")))
                        .becauseLikeRivals(MODERATE, matter.logged(failure));
        group.ifPresent(g -> weigh(matter, g, argument));
        host.ifPresent(h -> weigh(matter, h, argument));
        argument.explain(
                "Pages that are needed are evicted and read again, over and over, so all work on this host takes longer than nginx waits.");
        argument.now(
                "free memory: end or move what can be spared, or lower the number of workers",
                Risk.MEDIUM,
                new Remedy.Step(
                        "ps -eo pid,rss,comm --sort=-rss | head", "the largest first, in KiB"));
        argument.toStay(
                "give the host or the group more memory, and bound each service below what there is (MemoryMax=)",
                Risk.MEDIUM,
                Steps.edit(
                        "watch memory pressure (/proc/pressure/memory) rather than free memory"));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void weigh(Matter matter, ControlGroup group, Argument argument) {
        ControlGroup.Memory memory = group.memory().orElseThrow();
        String full =
                "it has %d of %d MiB"
                        .formatted(memory.now() / BYTES_OF_MIB, memory.most() / BYTES_OF_MIB);
        // A group is soon full of files' pages, and well; that tasks wait is what tells.
        if (memory.stalled().isEmpty()) {
            argument.because(WEAK, matter.scene().sighting(group, full));
            return;
        }
        argument.because(
                STRONG,
                matter.scene()
                        .sighting(
                                group,
                                "%s, and tasks waited for memory in %d %% of the last 10 s"
                                        .formatted(full, memory.stalled().getAsLong() / 100)));
    }

    private static void weigh(Matter matter, HostLoad load, Argument argument) {
        HostLoad.Pressure pressure = load.pressure().orElseThrow();
        argument.because(
                STRONG,
                matter.scene()
                        .sighting(
                                load,
                                "some task waited for memory in %d %% of the last 10 s and %d %% of the last minute"
                                        .formatted(
                                                pressure.memorySome().ofTen() / 100,
                                                pressure.memorySome().ofSixty() / 100)));
        HostLoad.Memory memory = load.memory();
        if (memory.swappedIn() + memory.refaults() >= MANY_PAGES) {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    load,
                                    "%d pages a second come back from swap, and %d are read again"
                                            .formatted(memory.swappedIn(), memory.refaults())));
        }
    }
}
