package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

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

    /** One line: right or wrong, and why. */
    public String summary() {
        String what = right() ? "right" : "WRONG: " + String.join("; ", complaints);
        return "%-46s %5.1f s  %s".formatted(scenario.id(), all.toMillis() / 1000.0, what);
    }

    /** The problems with their first findings, for whoever wants to know why. */
    public String details() {
        return diagnoses.stream().map(Judgement::describe).collect(Collectors.joining("\n"));
    }
}
