package dev.gatemend.diagnosis;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import java.util.List;
import java.util.stream.Stream;

/**
 * Matters with one cause and place: what a reader calls one problem. The first is the one that is
 * told.
 */
record Problem(List<Ranked> parts) {
    private static final int MOST_SEEN = 3;

    Problem {
        parts = List.copyOf(parts);
    }

    Diagnosis diagnosis() {
        Ranked told = parts.getFirst();
        return new Diagnosis(
                Symptoms.of(parts.stream().map(Ranked::matter).toList(), told.findings()),
                told.findings(),
                told.ruledOut(),
                told.unknown(),
                told.provisional(),
                told.next(),
                seen(told));
    }

    /** Where no cause tells what nginx said, the problem does. */
    private static List<Evidence> seen(Ranked told) {
        Matter matter = told.matter();
        return told.leading().equals(Ranked.UNKNOWN)
                ? Stream.concat(
                                Repaired.of(matter).map(Repaired::sighting).stream(),
                                Stream.concat(matter.errors().stream(), matter.echoes().stream())
                                        .map(matter::logged))
                        .limit(MOST_SEEN)
                        .map(
                                s ->
                                        new Evidence(
                                                Evidence.Kind.FOR,
                                                s.source(),
                                                s.text(),
                                                s.where(),
                                                s.at(),
                                                0))
                        .toList()
                : List.of();
    }
}
