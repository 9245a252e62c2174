package dev.gatemend.diagnosis;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Symptom;
import java.util.Comparator;
import java.util.List;

/**
 * The pure function from what was seen to what is wrong: finds the matters in a snapshot, weighs
 * every cause against each, joins matters with one cause and place, and orders the problems.
 * Deterministic; safe for any number of threads.
 */
public final class Diagnostician {
    private static final Comparator<Diagnosis> WORST_FIRST =
            Comparator.comparing((Diagnosis d) -> d.symptom().kind() != Symptom.Kind.NOT_RUNNING)
                    .thenComparing(d -> d.symptom().kind() == Symptom.Kind.LATENT)
                    .thenComparing(d -> !d.symptom().ongoing())
                    .thenComparing(d -> d.symptom().requests(), Comparator.reverseOrder())
                    .thenComparing(d -> d.symptom().hidden(), Comparator.reverseOrder())
                    .thenComparing(d -> d.symptom().peer().orElse(""));

    private final List<Cause> causes;

    /**
     * @param causes to weigh; {@code Causes.all()} outside tests
     */
    public Diagnostician(List<Cause> causes) {
        this.causes = List.copyOf(causes);
    }

    /** The problems of a snapshot, worst first; empty when nothing is wrong. */
    public List<Diagnosis> diagnose(Snapshot snapshot) {
        Scene scene = new Scene(snapshot);
        Ranking ranking = new Ranking(causes);
        List<Ranked> ranked = Matters.in(scene).stream().map(ranking::rank).toList();
        return Problems.join(ranked).stream().map(Problem::diagnosis).sorted(WORST_FIRST).toList();
    }
}
