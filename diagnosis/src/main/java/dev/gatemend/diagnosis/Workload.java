package dev.gatemend.diagnosis;

import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.WorkerConnections;
import java.util.List;
import java.util.Optional;

/**
 * What those who serve a peer had to do when they were looked at.
 *
 * @param workers those that do the work, not the parent that watches over them
 * @param connections of each worker that could be looked at
 */
public record Workload(
        Listener listener, List<ProcessState> workers, List<WorkerConnections> connections) {
    public Workload {
        workers = List.copyOf(workers);
        connections = List.copyOf(connections);
    }

    /** Empty where nobody listens, or it could not be seen who. */
    public static Optional<Workload> of(Matter matter) {
        return matter.listener()
                .map(
                        listener -> {
                            List<ProcessState> workers = Holders.workers(matter.scene(), listener);
                            return new Workload(listener, workers, connections(matter, workers));
                        })
                .filter(load -> !load.workers.isEmpty());
    }

    private static List<WorkerConnections> connections(Matter matter, List<ProcessState> workers) {
        List<Integer> pids = workers.stream().map(ProcessState::pid).toList();
        return matter.scene()
                .facts(WorkerConnections.class)
                .filter(c -> pids.contains(c.pid()))
                .toList();
    }

    /** Connections that nobody has accepted yet. */
    public int waiting() {
        return listener.queued().orElse(0);
    }

    /** Every worker holds a request at least, and more connections wait: none is free. */
    public boolean everybodyIsBusy() {
        return waiting() > 0
                && connections.size() == workers.size()
                && connections.stream().allMatch(c -> c.taken() > 0);
    }

    /** A worker without any request, and nobody waits. */
    public boolean somebodyIsFree() {
        return waiting() == 0
                && connections.size() == workers.size()
                && connections.stream().anyMatch(c -> c.taken() == 0);
    }

    /** {@code all 4 workers hold requests, and 12 connections wait}, as a sentence begins. */
    public String words() {
        int held = connections.stream().mapToInt(WorkerConnections::taken).sum();
        return "%s (%d in all), and %d more connections wait to be accepted"
                .formatted(
                        workers.size() == 1
                                ? "its one worker process holds requests"
                                : "all %d workers hold requests".formatted(workers.size()),
                        held,
                        waiting());
    }
}
