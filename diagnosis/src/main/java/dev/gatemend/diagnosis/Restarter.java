package dev.gatemend.diagnosis;

import dev.gatemend.model.ProcessState;
import dev.gatemend.model.ShellLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A shell that starts the application of a peer in a loop and has come round at least once: a run
 * has ended, and nobody but the shell's script keeps it.
 *
 * @param latest what it started last; empty when nothing of it is alive at this moment
 */
public record Restarter(ProcessState shell, ShellLoop loop, Optional<ProcessState> latest) {
    /** What a script does before its loop is done by then, but for migrations and the like. */
    private static final Duration ROUND = Duration.ofSeconds(2);

    /** The one whose loop names the matter's peer, that is older than the failures' end. */
    public static Optional<Restarter> of(Matter matter) {
        return matter.peer().stream()
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(ShellLoop.class)
                                        .filter(
                                                l ->
                                                        l.commands().stream()
                                                                .filter(c -> !Programs.isClient(c))
                                                                .anyMatch(
                                                                        c ->
                                                                                PeerUnit.mentions(
                                                                                        c, peer))))
                .flatMap(l -> of(matter.scene(), l).stream())
                .filter(r -> r.hasComeRound(matter.scene().snapshot().at()))
                .findFirst();
    }

    private static Optional<Restarter> of(Scene scene, ShellLoop loop) {
        return scene.process(loop.pid())
                .map(
                        shell ->
                                new Restarter(
                                        shell,
                                        loop,
                                        children(scene, shell).stream()
                                                .max(
                                                        Comparator.comparing(
                                                                ProcessState::startedAt))));
    }

    private static List<ProcessState> children(Scene scene, ProcessState shell) {
        return shell.children().stream().flatMap(pid -> scene.process(pid).stream()).toList();
    }

    /** What it started first is not its latest any more. */
    private boolean hasComeRound(Instant now) {
        Instant round = shell.startedAt().plus(ROUND);
        return latest.map(ProcessState::startedAt).orElse(now).isAfter(round);
    }

    /** It waits before the next start: the application it started last has ended. */
    public boolean waits() {
        return latest.filter(p -> !Programs.name(p).equals("sleep")).isEmpty();
    }

    /** {@code sh (PID 49), which runs since 12:01:07, starts it in a loop ...}. */
    public Sighting sighting(Scene scene) {
        return scene.sighting(
                shell,
                "%s (PID %d) starts it in a loop (%s) since %s; %s"
                        .formatted(
                                Programs.name(shell),
                                shell.pid(),
                                loop.script().equals("-c") ? "by -c" : loop.script(),
                                scene.clock(shell.startedAt()),
                                waits()
                                        ? "its last run has ended"
                                        : "the present run is no older than "
                                                + scene.clock(latest.orElseThrow().startedAt())));
    }
}
