package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A process that matters: nginx's own, a listener's owner, a unit's.
 *
 * @param state the kernel's letter: R, S, D, T (stopped), Z
 * @param command the command line, joined by spaces, cut at 512 characters
 * @param openFiles how many descriptors are open
 * @param openFilesLimit the soft limit
 * @param waitingIn the kernel function its main thread waits in, where it may be read
 */
public record ProcessState(
        int pid,
        int parent,
        String name,
        String command,
        Identity identity,
        char state,
        Instant startedAt,
        Namespaces namespaces,
        Optional<String> unit,
        Optional<String> container,
        int threads,
        OptionalInt openFiles,
        OptionalInt openFilesLimit,
        Optional<String> waitingIn,
        List<Integer> children)
        implements Fact {
    public ProcessState {
        children = List.copyOf(children);
    }

    /** Stopped by a signal or a debugger; it accepts nothing until it is continued. */
    public boolean stopped() {
        return state == 'T' || state == 't';
    }
}
