package dev.gatemend.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A control group with a limit, that processes behind a peer or nginx itself are in (cgroups(7)),
 * version 1 or 2.
 *
 * @param path below the mount, {@code /system.slice/shop.service}
 * @param pids the processes of ours that it limits, ascending
 * @param tasks its limit of processes and threads; empty without one
 * @param cpu its quota of CPU time; empty without one
 * @param memory its limit of memory; empty without one
 */
public record ControlGroup(
        String path,
        List<Integer> pids,
        Optional<Tasks> tasks,
        Optional<Cpu> cpu,
        Optional<Memory> memory)
        implements Fact {
    public ControlGroup {
        pids = List.copyOf(pids);
    }

    /**
     * pids.current, pids.max and pids.events.
     *
     * @param refused how often a fork failed for it, since it was made; empty when unknown
     */
    public record Tasks(long now, long most, OptionalLong refused) {}

    /**
     * cpu.max and cpu.stat.
     *
     * @param milliCpus thousandths of a CPU it may use
     * @param periods in which it ran, since it was made
     * @param throttled of them, those in which it had used up its share
     * @param latePeriods likewise while it was looked at, half a second
     * @param lateThrottled likewise
     */
    public record Cpu(
            long milliCpus, long periods, long throttled, long latePeriods, long lateThrottled) {}

    /**
     * memory.current, the lower one of memory.max and memory.high, and memory.pressure.
     *
     * @param stalled hundredths of a percent of the last ten seconds in which some task waited for
     *     memory; empty where the kernel does not tell
     */
    public record Memory(long now, long most, OptionalLong stalled) {}
}
