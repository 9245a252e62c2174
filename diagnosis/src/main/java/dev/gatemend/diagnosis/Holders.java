package dev.gatemend.diagnosis;

import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The processes that hold a listener, and how they keep up with it. */
public final class Holders {
    private Holders() {}

    public static List<ProcessState> of(Scene scene, Listener listener) {
        return listener.pids().stream().map(scene::process).flatMap(Optional::stream).toList();
    }

    /**
     * Those that do the work: where a parent shares its listener with children, the parent only
     * watches over them.
     */
    public static List<ProcessState> workers(Scene scene, Listener listener) {
        List<ProcessState> all = of(scene, listener);
        return all.stream()
                .filter(p -> all.stream().noneMatch(o -> o.parent() == p.pid()))
                .toList();
    }

    /** As many connections wait as may wait: nobody accepts, or too slowly. */
    public static boolean queueIsFull(Listener listener) {
        return listener.queued().orElse(0) > 0
                && listener.backlog().isPresent()
                && listener.queued().getAsInt() >= listener.backlog().getAsInt();
    }

    /** {@code 129 of 128} connections wait to be accepted; empty when unknown. */
    public static Optional<String> queue(Listener listener) {
        OptionalInt backlog = listener.backlog();
        return listener.queued().isPresent() && backlog.isPresent()
                ? Optional.of(
                        "%d of %d".formatted(listener.queued().getAsInt(), backlog.getAsInt()))
                : Optional.empty();
    }
}
