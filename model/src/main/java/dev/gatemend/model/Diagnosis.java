package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * A symptom with its causes ranked.
 *
 * @param findings by falling probability; with {@code unknown} they add up to 1
 * @param unknown the weight left on no cause of the catalogue
 * @param provisional a longer look could still change it
 * @param next what to run to learn more
 * @param seen what nginx itself said of it, for where no cause tells it
 */
public record Diagnosis(
        Symptom symptom,
        List<Finding> findings,
        List<RuledOut> ruledOut,
        double unknown,
        boolean provisional,
        List<NextStep> next,
        List<Evidence> seen) {
    public Diagnosis {
        findings = List.copyOf(findings);
        ruledOut = List.copyOf(ruledOut);
        next = List.copyOf(next);
        seen = List.copyOf(seen);
    }

    /** One whose causes tell what was seen. */
    public Diagnosis(
            Symptom symptom,
            List<Finding> findings,
            List<RuledOut> ruledOut,
            double unknown,
            boolean provisional,
            List<NextStep> next) {
        this(symptom, findings, ruledOut, unknown, provisional, next, List.of());
    }

    /** The first finding, unless nothing known outweighs {@code unknown}. */
    public Optional<Finding> verdict() {
        return findings.isEmpty() || findings.getFirst().probability() < unknown
                ? Optional.empty()
                : Optional.of(findings.getFirst());
    }

    /** A cause that one would think of, and why it is not this one. */
    public record RuledOut(String cause, String because) {}

    /** A command that would decide between causes. */
    public record NextStep(String command, String why) {}
}
