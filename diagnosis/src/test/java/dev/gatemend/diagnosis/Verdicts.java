package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import java.util.List;
import java.util.stream.Stream;

/** What the engine with every cause makes of a scene, and what tests ask of it. */
public final class Verdicts {
    private Verdicts() {}

    /** Every problem of the scene, worst first. */
    public static List<Diagnosis> all(MatterBuilder scene) {
        return new Diagnostician(Causes.all()).diagnose(scene.snapshot());
    }

    /** The only problem of the scene. */
    public static Diagnosis diagnose(MatterBuilder scene) {
        List<Diagnosis> all = all(scene);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /** Expects this cause to lead with at least this probability. */
    public static Finding assertVerdict(Diagnosis diagnosis, String cause, double atLeast) {
        assertThat(diagnosis.findings()).isNotEmpty();
        Finding first = diagnosis.findings().getFirst();
        assertThat(first.cause()).as(diagnosis.findings().toString()).isEqualTo(cause);
        assertThat(first.probability())
                .as(diagnosis.findings().toString())
                .isGreaterThanOrEqualTo(atLeast);
        assertThat(first.title().length()).as(first.title()).isLessThanOrEqualTo(100);
        return first;
    }

    /** The probability of a cause, 0 where it is not among the findings. */
    public static double probability(Diagnosis diagnosis, String cause) {
        return diagnosis.findings().stream()
                .filter(f -> f.cause().equals(cause))
                .mapToDouble(Finding::probability)
                .sum();
    }

    public static List<String> ruledOut(Diagnosis diagnosis) {
        return diagnosis.ruledOut().stream().map(Diagnosis.RuledOut::cause).toList();
    }

    public static Stream<String> commands(Finding finding) {
        return finding.remedies().stream().flatMap(r -> r.steps().stream()).map(s -> s.command());
    }
}
