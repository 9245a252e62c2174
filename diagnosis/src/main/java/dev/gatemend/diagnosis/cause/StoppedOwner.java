package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerProgram;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.Container;
import dev.gatemend.model.KeptProgram;
import java.util.List;
import java.util.Optional;

/** Who should have bound a peer's address and does not run: a unit, a container, a program. */
final class StoppedOwner {
    private StoppedOwner() {}

    /** As a sentence begins: {@code shop.service}, {@code container shop}. */
    static Optional<String> name(Matter matter) {
        Optional<String> unit = unit(matter).map(u -> u.unit().name());
        Optional<Container> container = PeerContainer.stopped(matter);
        return unit.or(() -> container.map(c -> "container " + c.name()))
                .or(() -> PeerProgram.stopped(matter).map(PeerProgram::name));
    }

    static void weigh(Matter matter, Argument argument) {
        weighUnits(matter, argument);
        weighContainer(matter, argument);
        weighProgram(matter, argument);
    }

    /** A unit that should listen there and does not run; none while one tied as closely does. */
    static Optional<PeerUnit> unit(Matter matter) {
        List<PeerUnit> units = PeerUnit.of(matter).toList();
        List<PeerUnit> surest =
                units.stream().filter(u -> u.link() == units.getFirst().link()).toList();
        return surest.stream().anyMatch(PeerUnit::isRunning)
                ? Optional.empty()
                : surest.stream().filter(u -> u.isInactive() || u.isFailed()).findFirst();
    }

    private static void weighUnits(Matter matter, Argument argument) {
        Optional<PeerUnit> running = PeerUnit.of(matter).filter(PeerUnit::isRunning).findFirst();
        Optional<PeerUnit> stopped = unit(matter);
        stopped.ifPresent(u -> argument.because(strength(matter, u), u.sighting(matter)));
        if (stopped.isEmpty() && running.isPresent()) {
            // Of a unit that is only called like the peer, another part may be what runs.
            argument.against(
                    running.get().isSure() ? STRONG : WEAK, running.get().sighting(matter));
        }
    }

    /**
     * An inactive unit was stopped or never started; a failed one, and one that was not started for
     * want of another, has a story of its own.
     */
    private static Strength strength(Matter matter, PeerUnit unit) {
        if (unit.isFailed() || Requirement.of(matter, unit).isPresent()) {
            return MODERATE;
        }
        return unit.isSure() ? DECISIVE : STRONG;
    }

    /** Of a container that was told to end; one that fell over has a story of its own. */
    private static void weighContainer(Matter matter, Argument argument) {
        PeerContainer.stopped(matter)
                .ifPresent(
                        c ->
                                argument.because(
                                        PeerContainer.endedInOrder(c) ? DECISIVE : MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        c,
                                                        "%s; it publishes port %d"
                                                                .formatted(
                                                                        PeerContainer.state(
                                                                                matter.scene(), c),
                                                                        matter.tcpPeer()
                                                                                .orElseThrow()
                                                                                .port()))));
    }

    /** One that was told to end; one that fell over has a story of its own. */
    private static void weighProgram(Matter matter, Argument argument) {
        PeerProgram.of(matter)
                .filter(p -> p.state() == KeptProgram.State.RUNNING)
                .findFirst()
                .ifPresent(p -> argument.against(STRONG, sighting(matter, p)));
        PeerProgram.stopped(matter)
                .ifPresent(
                        p ->
                                argument.because(
                                        p.state() == KeptProgram.State.FAILED ? MODERATE : DECISIVE,
                                        sighting(matter, p)));
    }

    private static Sighting sighting(Matter matter, KeptProgram program) {
        return matter.scene().sighting(program, PeerProgram.state(program, matter.peerText()));
    }
}
