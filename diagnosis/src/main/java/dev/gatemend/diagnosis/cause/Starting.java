package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerProcess;
import dev.gatemend.diagnosis.PeerProgram;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Restarter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Container;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.Optional;

/** How what does not run is started again: its unit, its container, its program, else in words. */
final class Starting {
    private Starting() {}

    static void remedy(Matter matter, Optional<PeerUnit> unit, Argument argument) {
        Optional<Container> container = PeerContainer.stopped(matter);
        Optional<KeptProgram> program = PeerProgram.stopped(matter);
        if (unit.isPresent()) {
            start(unit.get(), argument);
        } else if (container.isPresent()) {
            start(container.get(), argument);
        } else if (program.isPresent()) {
            start(program.get(), argument);
        } else {
            inWords(matter, argument);
        }
        argument.toStay(
                "run it under something that starts it at boot and after a failure",
                Risk.LOW,
                Steps.edit(
                        program.map(PeerProgram::keeping)
                                .orElse(
                                        "Restart=on-failure in its unit, or restart: unless-stopped in compose")));
    }

    static Remedy.Step start(Container container) {
        return new Remedy.Step(
                Shell.command("sudo", container.engine(), "start", container.name()),
                "it listens again");
    }

    private static void start(Container container, Argument argument) {
        argument.now("start container " + container.name(), Risk.LOW, start(container));
        Remedy.Step log = Steps.containerLog(container, 50, "says why it ended");
        argument.next(log.command(), log.explanation());
    }

    private static void start(KeptProgram program, Argument argument) {
        argument.now("start " + PeerProgram.name(program), Risk.LOW, PeerProgram.start(program));
        PeerProgram.log(program).ifPresent(log -> argument.next(log, "says why it ended"));
    }

    private static void inWords(Matter matter, Argument argument) {
        argument.now(
                        "start the application that should listen on " + matter.peerText(),
                        Risk.LOW,
                        Steps.edit(
                                "start it the way it is deployed: its systemd unit, container, PM2 app or supervisor program"))
                .next(
                        "systemctl list-units --all --type=service --state=inactive,failed",
                        "shows whether the application has a unit that is stopped");
    }

    private static void start(PeerUnit unit, Argument argument) {
        String name = unit.unit().name();
        if (unit.unit().enabled().equals("masked")) {
            argument.now(
                    "unmask and start " + name,
                    Risk.LOW,
                    Steps.systemctl("unmask", name, "a masked unit cannot be started"),
                    Steps.systemctl("start", name, "it listens again"));
        } else {
            argument.now(
                    "start " + name, Risk.LOW, Steps.systemctl("start", name, "it listens again"));
        }
        if (unit.unit().enabled().equals("disabled")) {
            argument.toStay(
                    "let it start at boot",
                    Risk.LOW,
                    Steps.systemctl("enable", name, "it is disabled"));
        }
    }

    /** A process that was started to listen there is no application that was never started. */
    static void weighAlive(Matter matter, Argument argument) {
        Optional<Restarter> restarter = Restarter.of(matter);
        if (restarter.isPresent()) {
            argument.against(STRONG, restarter.get().sighting(matter.scene()));
            return;
        }
        PeerProcess.of(matter).stream()
                .findFirst()
                .ifPresent(
                        p ->
                                argument.against(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p.process(),
                                                        "%s is alive, and its command names %s"
                                                                .formatted(
                                                                        p.who(),
                                                                        matter.peerText()))));
    }

    /** One that is started again by its keeper was not left stopped; it ended. */
    static void weighKeeper(Matter matter, ProcessState owner, Argument argument) {
        PeerProcess.keeperOf(matter, owner)
                .ifPresent(k -> argument.against(MODERATE, again(matter, owner, k)));
    }

    static Sighting again(Matter matter, ProcessState owner, ProcessState keeper) {
        return matter.scene()
                .sighting(
                        keeper,
                        "%s (PID %d), which runs since %s, started %s (PID %d) at %s"
                                .formatted(
                                        keeper.name(),
                                        keeper.pid(),
                                        matter.scene().clock(keeper.startedAt()),
                                        owner.name(),
                                        owner.pid(),
                                        matter.scene().clock(owner.startedAt())));
    }
}
