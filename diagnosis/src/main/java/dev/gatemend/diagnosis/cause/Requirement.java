package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.SystemdUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * That systemd did not start a unit because one that it requires could not be started (Requires=,
 * systemd.unit(5)).
 *
 * @param waiting the unit behind the peer
 * @param required the only unit that has failed; empty when there are several
 * @param sighting systemd's own words
 */
record Requirement(PeerUnit waiting, Optional<SystemdUnit> required, Sighting sighting) {
    /** The last that systemd said of the unit's starts. */
    static Optional<Requirement> of(Matter matter, PeerUnit unit) {
        String name = unit.unit().name();
        return unit.isInactive()
                ? matter.scene()
                        .facts(JournalLine.class)
                        .filter(l -> l.unit().equals(name))
                        .filter(l -> tellsOfStart(l.text(), name))
                        .max(Comparator.comparing(JournalLine::at))
                        .filter(l -> l.text().contains("failed with result 'dependency'"))
                        .map(l -> of(matter, unit, l))
                : Optional.empty();
    }

    private static boolean tellsOfStart(String text, String name) {
        return text.startsWith("Started ")
                || text.startsWith("Starting ")
                || text.startsWith(name + ": Job " + name + "/start failed");
    }

    private static Requirement of(Matter matter, PeerUnit unit, JournalLine line) {
        List<SystemdUnit> failed =
                matter.scene()
                        .units()
                        .filter(u -> u.activeState().equals("failed"))
                        .limit(2)
                        .toList();
        return new Requirement(
                unit,
                failed.size() == 1 ? Optional.of(failed.getFirst()) : Optional.empty(),
                matter.scene().sighting(line, "systemd says: " + line.text()));
    }
}
