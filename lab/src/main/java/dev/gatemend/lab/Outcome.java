package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a scenario.
 *
 * @param diagnoses as given, worst first
 * @param complaints what is wrong with them, one sentence each; empty when they are right
 * @param diagnosing how long the diagnosis took
 * @param all how long everything took
 */
public record Outcome(
        Scenario scenario,
        List<Diagnosis> diagnoses,
        List<String> complaints,
        Duration diagnosing,
        Duration all) {
    public Outcome {
        diagnoses = List.copyOf(diagnoses);
        complaints = List.copyOf(complaints);
    }

    public boolean right() {
        return complaints.isEmpty();
    }

    /**
     * The first finding of each problem, right or wrong. A problem of which no cause is claimed
     * adds none, and a fault that was not seen has none at all: they are counted elsewhere.
     */
    public List<Claim> claims() {
        return diagnoses.stream()
                .flatMap(d -> d.findings().stream().limit(1).map(first -> claim(d, first)))
                .toList();
    }

    private Claim claim(Diagnosis diagnosis, Finding first) {
        return new Claim(
                first.cause(), first.probability(), Judgement.isTrue(scenario, diagnosis, first));
    }

    /** One line: right or wrong, and why. */
    public String summary() {
        String what = right() ? "right" : "WRONG: " + String.join("; ", complaints);
        return "%-46s %5.1f s  %s".formatted(scenario.id(), all.toMillis() / 1000.0, what);
    }

    /** The problems with their first findings and what weighs for and against each. */
    public String details() {
        return diagnoses.stream()
                .flatMap(d -> Stream.concat(Stream.of(Judgement.describe(d)), evidence(d)))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> evidence(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .limit(3)
                .flatMap(
                        finding ->
                                finding.evidence().stream().map(e -> weighed(finding.cause(), e)));
    }

    private static String weighed(String cause, Evidence evidence) {
        return "  %s %+.1f %s: %s"
                .formatted(cause, evidence.weight(), evidence.source(), evidence.text());
    }
}
