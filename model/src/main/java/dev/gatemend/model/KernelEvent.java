package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something the kernel wrote to its log since the machine booted, as far back as its ring buffer
 * reaches; the time window does not limit it, since a process killed yesterday is still missing.
 *
 * <p>Process ids are those of the machine's first PID namespace, whatever namespace the reader is
 * in. Names of processes are theirs to choose.
 */
public sealed interface KernelEvent extends Fact {
    /**
     * When, by the wall clock. The kernel's own stamp does not count the time a machine was
     * suspended, so after a suspension it lies too early by that much.
     */
    Instant at();

    /**
     * The kernel killed a process because memory ran out (mm/oom_kill.c).
     *
     * @param process its name, at most 15 characters
     * @param cgroup the control group it was in; empty on kernels before 5.0
     * @param memoryLimit whether a control group's limit was reached, and not the machine's memory
     * @param residentBytes anonymous memory it held, in bytes
     */
    record OomKill(
            Instant at,
            int pid,
            String process,
            Optional<String> cgroup,
            boolean memoryLimit,
            long residentBytes)
            implements KernelEvent {}

    /**
     * A fault that ends a process unless it handles the signal (arch/x86/mm/fault.c, traps.c).
     *
     * @param fault in the kernel's words: {@code segfault}, {@code general protection fault},
     *     {@code trap invalid opcode}
     * @param in the file mapped where the instruction stood; empty when it stood in none
     */
    record Segfault(Instant at, int pid, String process, String fault, Optional<String> in)
            implements KernelEvent {}

    /**
     * A fork or a new thread was refused, because its control group has all the tasks it may have
     * (kernel/cgroup/pids.c); the kernel says so once for each group.
     *
     * @param cgroup its path
     */
    record ForkRejected(Instant at, String cgroup) implements KernelEvent {}

    /** The table of tracked connections was full and a packet dropped (nf_conntrack_core.c). */
    record ConntrackFull(Instant at) implements KernelEvent {}

    /**
     * A security module refused something (audit message 1400).
     *
     * @param module {@code selinux} or {@code apparmor}
     * @param operation SELinux's permission ({@code name_connect}) or AppArmor's operation ({@code
     *     connect})
     * @param subject SELinux's source context or AppArmor's profile
     * @param target what it was refused on: a path, or SELinux's target context; empty when the
     *     kernel names none
     * @param enforced false when SELinux only wrote it down (permissive)
     */
    record Denial(
            Instant at,
            String module,
            int pid,
            String process,
            String operation,
            String subject,
            Optional<String> target,
            boolean enforced)
            implements KernelEvent {}
}
