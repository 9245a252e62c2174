package dev.gatemend.model;

import java.util.Optional;

/**
 * How busy the machine is (proc(5), Documentation/accounting/psi.rst).
 *
 * @param cpus online
 * @param runnable tasks that run or wait for a CPU now
 * @param tasks processes and threads there are
 * @param mostTasks the lower one of kernel.threads-max and kernel.pid_max
 * @param pressure empty on kernels that do not tell (before 4.20, or psi=0)
 */
public record HostLoad(
        int cpus,
        long runnable,
        long tasks,
        long mostTasks,
        Memory memory,
        Optional<Pressure> pressure)
        implements Fact {
    /**
     * In bytes; rates in pages a second, 0 when they were not measured because nothing was short.
     *
     * @param refaults pages read again that had been evicted a moment ago
     */
    public record Memory(
            long total,
            long available,
            long swapTotal,
            long swapFree,
            long swappedIn,
            long swappedOut,
            long refaults) {}

    /** Shares of time in which tasks waited. */
    public record Pressure(Stall cpuSome, Stall memorySome, Stall memoryFull, Stall ioSome) {}

    /** Hundredths of a percent of the last ten and sixty seconds. */
    public record Stall(long ofTen, long ofSixty) {}
}
