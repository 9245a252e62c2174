package dev.gatemend.host;

import dev.gatemend.model.KernelEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads events off the kernel's lines, one after the other. Each pattern is anchored at the line's
 * beginning, so that a process's name cannot pass for a message.
 */
final class KernelEvents {
    /** mm/oom_kill.c, dump_oom_summary(): the line before the killing itself. */
    private static final Pattern OOM_SUMMARY =
            Pattern.compile(
                    "oom-kill:.{0,600}?,task_memcg=(.{1,400}),task=.{1,64},pid=(\\d{1,9}),uid");

    private static final Pattern OOM_KILLED =
            Pattern.compile(
                    "(Memory cgroup out of memory|Out of memory)[^:]{0,40}: Killed process (\\d{1,9}) \\((.{1,64}?)\\),?(?: UID:? ?\\d+,)? total-vm:\\d+kB, anon-rss:(\\d{1,15})kB");

    private static final Pattern SEGFAULT =
            Pattern.compile(
                    "(.{1,64}?)\\[(\\d{1,9})\\]: segfault at [0-9a-f]+ ip \\S+ sp \\S+ error [0-9a-f]+(?: in (.{1,200}?)\\[)?");

    private static final Pattern TRAP =
            Pattern.compile(
                    "traps: (.{1,64}?)\\[(\\d{1,9})\\] ((?:trap )?[a-z0-9 ]{1,40}) ip:\\S+ sp:\\S+ error:[0-9a-f]+(?: in (.{1,200}?)\\[)?");

    private static final Pattern CONNTRACK =
            Pattern.compile(
                    "(?:nf_conntrack: ){1,2}table full(?: in netns \\d+)?, dropping packet");

    private static final Pattern FORK_REJECTED =
            Pattern.compile("cgroup: fork rejected by pids controller in (\\S.{0,400})");

    private Optional<String> killedIn = Optional.empty();
    private OptionalInt toBeKilled = OptionalInt.empty();

    /** The event a line tells of, if it does. */
    Optional<KernelEvent> read(Instant at, String text) {
        Matcher summary = OOM_SUMMARY.matcher(text);
        if (summary.lookingAt()) {
            killedIn = Optional.of(summary.group(1));
            toBeKilled = OptionalInt.of(Integer.parseInt(summary.group(2)));
            return Optional.empty();
        }
        if (CONNTRACK.matcher(text).lookingAt()) {
            return Optional.of(new KernelEvent.ConntrackFull(at));
        }
        Matcher rejected = FORK_REJECTED.matcher(text);
        if (rejected.lookingAt()) {
            return Optional.of(new KernelEvent.ForkRejected(at, rejected.group(1).strip()));
        }
        return killed(at, text)
                .or(() -> segfault(at, text))
                .or(() -> trap(at, text))
                .or(() -> AuditLine.denial(text));
    }

    private Optional<KernelEvent> killed(Instant at, String text) {
        Matcher line = OOM_KILLED.matcher(text);
        if (!line.lookingAt()) {
            return Optional.empty();
        }
        int pid = Integer.parseInt(line.group(2));
        boolean summed = toBeKilled.equals(OptionalInt.of(pid));
        return Optional.of(
                new KernelEvent.OomKill(
                        at,
                        pid,
                        line.group(3),
                        summed ? killedIn : Optional.empty(),
                        line.group(1).startsWith("Memory"),
                        Long.parseLong(line.group(4)) * 1024));
    }

    private static Optional<KernelEvent> segfault(Instant at, String text) {
        Matcher line = SEGFAULT.matcher(text);
        return line.lookingAt()
                ? Optional.of(fault(at, line, "segfault", Optional.ofNullable(line.group(3))))
                : Optional.empty();
    }

    private static Optional<KernelEvent> trap(Instant at, String text) {
        Matcher line = TRAP.matcher(text);
        return line.lookingAt()
                ? Optional.of(fault(at, line, line.group(3), Optional.ofNullable(line.group(4))))
                : Optional.empty();
    }

    private static KernelEvent fault(Instant at, Matcher line, String fault, Optional<String> in) {
        int pid = Integer.parseInt(line.group(2));
        return new KernelEvent.Segfault(at, pid, line.group(1), fault, in);
    }
}
