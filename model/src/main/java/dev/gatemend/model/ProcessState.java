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
 * @param startedAt {@link #UNKNOWN_START} where nobody could tell, see {@link #started}
 * @param openFiles how many descriptors are open
 * @param openFilesLimit the soft limit
 * @param waitingIn the kernel function its main thread waits in, where it may be read
 * @param directory its working directory, where it may be read
 * @param environment of its variables only those that say where it listens and which stage it is,
 *     {@code PORT=3000}, {@code RAILS_ENV=staging}; empty where they may not be read
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
        List<Integer> children,
        Optional<String> directory,
        List<String> environment)
        implements Fact {
    /** Stands for a start that nobody could tell: no process is as old as Unix time. */
    public static final Instant UNKNOWN_START = Instant.EPOCH;

    public ProcessState {
        children = List.copyOf(children);
        environment = List.copyOf(environment);
    }

    /** One whose working directory and environment were not read. */
    public ProcessState(
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
            List<Integer> children) {
        this(
                pid,
                parent,
                name,
                command,
                identity,
                state,
                startedAt,
                namespaces,
                unit,
                container,
                threads,
                openFiles,
                openFilesLimit,
                waitingIn,
                children,
                Optional.empty(),
                List.of());
    }

    /** The same process, standing in a directory with these variables. */
    public ProcessState in(Optional<String> place, List<String> variables) {
        return new ProcessState(
                pid,
                parent,
                name,
                command,
                identity,
                state,
                startedAt,
                namespaces,
                unit,
                container,
                threads,
                openFiles,
                openFilesLimit,
                waitingIn,
                children,
                place,
                variables);
    }

    /** When it started; empty where that is unknown, as of one that only a listing names. */
    public Optional<Instant> started() {
        return startedAt.equals(UNKNOWN_START) ? Optional.empty() : Optional.of(startedAt);
    }

    /** Stopped by a signal or a debugger; it accepts nothing until it is continued. */
    public boolean stopped() {
        return state == 'T' || state == 't';
    }
}
