package dev.gatemend.diagnosis;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A master none of whose workers can take a request: the kernel goes on accepting for them, and
 * clients wait without an answer and without a line in any log.
 *
 * @param stopped its workers, all stopped; empty when there is none
 */
public record IdleMaster(NginxMaster master, List<ProcessState> stopped) {
    /** Between its start and its first worker, and between a worker's end and the next. */
    private static final Duration STARTING = Duration.ofSeconds(5);

    static Optional<IdleMaster> of(Scene scene, NginxMaster master) {
        if (master.workers().isEmpty()) {
            return isWithoutWorkers(scene, master)
                    ? Optional.of(new IdleMaster(master, List.of()))
                    : Optional.empty();
        }
        List<ProcessState> workers =
                master.workers().stream().flatMap(pid -> scene.process(pid).stream()).toList();
        boolean all =
                workers.size() == master.workers().size()
                        && workers.stream().allMatch(ProcessState::stopped);
        return all ? Optional.of(new IdleMaster(master, workers)) : Optional.empty();
    }

    /** The one that a matter is about. */
    public static Optional<IdleMaster> of(Matter matter) {
        return matter.master().flatMap(m -> of(matter.scene(), m));
    }

    /**
     * While nginx's binary is exchanged the old master keeps no workers, and the new one serves
     * (nginx.org, "Upgrading Executable on the Fly").
     */
    private static boolean isWithoutWorkers(Scene scene, NginxMaster master) {
        boolean succeeded =
                scene.masters().stream()
                        .anyMatch(
                                m ->
                                        m.pid() != master.pid()
                                                && m.configuration().equals(master.configuration())
                                                && !m.workers().isEmpty());
        return !succeeded
                && scene.process(master.pid())
                        .filter(p -> p.startedAt().isBefore(scene.snapshot().at().minus(STARTING)))
                        .filter(p -> p.children().isEmpty())
                        .isPresent();
    }
}
