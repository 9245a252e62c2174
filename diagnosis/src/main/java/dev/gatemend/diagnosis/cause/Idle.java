package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.IdleMaster;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.stream.Stream;

/** A master that runs and serves nobody, for want of workers that could. */
final class Idle {
    private Idle() {}

    static Judgement argue(Matter matter, IdleMaster idle) {
        String who = "nginx (PID %d)".formatted(idle.master().pid());
        boolean none = idle.stopped().isEmpty();
        Argument argument =
                Argument.that(
                        "nginx:" + idle.master().pid(),
                        (none
                                        ? "%s has no worker: nobody takes a request"
                                        : "every worker of %s is stopped: nobody takes a request")
                                .formatted(who));
        if (none) {
            withoutWorkers(matter, idle, argument);
        } else {
            stopped(matter, idle, argument);
        }
        return argument.wontHelp("restarting the applications: nobody asks them")
                .wontHelp("a reload: a stopped worker does not hear it")
                .judgement();
    }

    private static void withoutWorkers(Matter matter, IdleMaster idle, Argument argument) {
        argument.because(
                        DECISIVE,
                        matter.scene().sighting(idle.master(), "the master has no worker process"))
                .explain(
                        "The master runs and keeps the ports open, and no worker is there to serve them.")
                .now(
                        "find out why its workers end, then restart nginx",
                        Risk.LOW,
                        Steps.edit("nginx's error log says why each worker ended"));
    }

    private static void stopped(Matter matter, IdleMaster idle, Argument argument) {
        // strace stops a process for a moment at each of its calls; nothing else does.
        idle.stopped()
                .forEach(
                        w ->
                                argument.because(
                                        w.state() == 't' ? STRONG : DECISIVE, state(matter, w)));
        Stream<String> pids = idle.stopped().stream().map(w -> Integer.toString(w.pid()));
        argument.explain(
                        "The kernel goes on accepting connections for them, so clients wait without an answer, and no log tells of it.")
                .now(
                        "let the workers go on",
                        Risk.LOW,
                        new Remedy.Step(
                                Shell.command(
                                        Stream.concat(Stream.of("sudo", "kill", "-CONT"), pids)
                                                .toArray(String[]::new)),
                                "one that a debugger holds goes on when that lets it"));
    }

    private static Sighting state(Matter matter, ProcessState worker) {
        return matter.scene()
                .sighting(
                        worker,
                        "worker PID %d is in state %c (%s)"
                                .formatted(
                                        worker.pid(),
                                        worker.state(),
                                        worker.state() == 't'
                                                ? "held by a debugger"
                                                : "stopped by a signal"));
    }
}
