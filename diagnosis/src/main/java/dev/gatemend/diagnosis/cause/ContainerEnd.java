package dev.gatemend.diagnosis.cause;

import dev.gatemend.model.Container;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How a container's last run ended. */
final class ContainerEnd {
    /** Applications that fail at their start do so within this. */
    private static final Duration SHORTLY = Duration.ofSeconds(20);

    /**
     * Shells and engines give 128 and the signal's number: SIGILL, SIGABRT, SIGBUS, SIGFPE,
     * SIGSEGV.
     */
    private static final Set<Integer> FAULTS = Set.of(132, 134, 135, 136, 139);

    /** By a signal of somebody: SIGINT, SIGKILL, SIGTERM. */
    private static final Set<Integer> TOLD_TO_END = Set.of(0, 130, 137, 143);

    private ContainerEnd() {}

    static boolean fellOver(Container container) {
        return (!TOLD_TO_END.contains(container.life().exitCode()) && !faulted(container))
                || !container.life().error().isEmpty();
    }

    static boolean faulted(Container container) {
        return FAULTS.contains(container.life().exitCode());
    }

    /** An engine that could not start it did not run it at all. */
    static boolean ranShortly(Container container) {
        return !container.life().error().isEmpty()
                || length(container).filter(l -> l.compareTo(SHORTLY) < 0).isPresent();
    }

    /** {@code , 2 s after its start}; nothing where that is unknown. */
    static String ranFor(Container container) {
        return length(container)
                .map(l -> ", %d s after its start".formatted(l.toSeconds()))
                .orElse("");
    }

    private static Optional<Duration> length(Container container) {
        return container
                .life()
                .finishedAt()
                .flatMap(
                        end ->
                                container
                                        .life()
                                        .startedAt()
                                        .filter(start -> !start.isAfter(end))
                                        .map(start -> Duration.between(start, end)));
    }
}
