package dev.gatemend.diagnosis;

import dev.gatemend.model.Diagnosis;
import java.util.List;

/**
 * Matters with one cause and place: what a reader calls one problem. The first is the one that is
 * told.
 */
record Problem(List<Ranked> parts) {
    Problem {
        parts = List.copyOf(parts);
    }

    Diagnosis diagnosis() {
        Ranked told = parts.getFirst();
        return new Diagnosis(
                Symptoms.of(parts.stream().map(Ranked::matter).toList()),
                told.findings(),
                told.ruledOut(),
                told.unknown(),
                told.provisional(),
                told.next());
    }
}
