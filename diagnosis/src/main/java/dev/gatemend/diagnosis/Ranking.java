package dev.gatemend.diagnosis;

import dev.gatemend.model.Diagnosis.NextStep;
import dev.gatemend.model.Diagnosis.RuledOut;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weighs the causes of one matter against each other and against {@code unknown}: prior and
 * evidence in log-odds, then shares that add up to one.
 */
final class Ranking {
    /**
     * The score of {@code unknown}. A very common cause (prior 2.1) with nothing but a fitting
     * symptom (2.0) lands just above it: one log line names a suspect, not a culprit.
     */
    private static final double UNKNOWN = 3.5;

    /** From here a verdict is confident, and suggestions for a further look would only distract. */
    private static final double CONFIDENT = 0.8;

    /** Findings below this are noise to a reader; their weight goes to {@code unknown}. */
    private static final double WORTH_SHOWING = 0.01;

    private static final int MOST_FINDINGS = 5;

    private final List<Cause> causes;

    Ranking(List<Cause> causes) {
        this.causes = causes;
    }

    Ranked rank(Matter matter) {
        if (Repaired.of(matter).isPresent()) {
            return new Ranked(matter, matter.peerText(), List.of(), List.of(), 1, false, List.of());
        }
        List<Candidate> candidates = new ArrayList<>();
        List<RuledOut> ruledOut = new ArrayList<>();
        Clues clues = Clues.of(matter);
        for (Cause cause : causes) {
            switch (clues.added(cause.info(), cause.judge(matter))) {
                case Judgement.Possible possible ->
                        candidates.add(Candidate.of(cause.info(), possible));
                case Judgement.RuledOut out ->
                        ruledOut.add(new RuledOut(cause.info().id(), out.because()));
                case Judgement.NotConcerned _ -> {}
            }
        }
        if (candidates.isEmpty()) {
            candidates.addAll(usual(matter, ruledOut));
        }
        List<Candidate> ordered =
                Yielding.settle(candidates).stream()
                        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                        .toList();
        return ranked(matter, ordered, ruledOut);
    }

    private List<Candidate> usual(Matter matter, List<RuledOut> ruledOut) {
        Clues usual = Clues.usual(matter);
        List<Candidate> candidates = new ArrayList<>();
        causes.stream()
                .map(Cause::info)
                .filter(info -> ruledOut.stream().noneMatch(r -> r.cause().equals(info.id())))
                .forEach(
                        info -> {
                            if (usual.alone(info) instanceof Judgement.Possible possible) {
                                candidates.add(Candidate.of(info, possible));
                            }
                        });
        return candidates;
    }

    private static Ranked ranked(Matter matter, List<Candidate> ordered, List<RuledOut> ruledOut) {
        double total =
                Math.exp(UNKNOWN) + ordered.stream().mapToDouble(c -> Math.exp(c.score())).sum();
        List<Finding> findings =
                ordered.stream()
                        .map(c -> c.finding(share(c, total)))
                        .filter(f -> f.probability() >= WORTH_SHOWING)
                        .limit(MOST_FINDINGS)
                        .toList();
        double unknown = rounded(1 - findings.stream().mapToDouble(Finding::probability).sum());
        boolean confident = !findings.isEmpty() && findings.getFirst().probability() >= CONFIDENT;
        return new Ranked(
                matter,
                ordered.isEmpty() ? matter.peerText() : ordered.getFirst().possible().place(),
                told(matter, findings),
                Stream.concat(ruledOut.stream(), outweighed(ordered, total)).toList(),
                Math.max(0, unknown),
                !ordered.isEmpty() && ordered.getFirst().possible().provisional(),
                confident ? List.of() : nextSteps(matter, ordered));
    }

    /** What was changed just before belongs to the story of whatever leads. */
    private static List<Finding> told(Matter matter, List<Finding> findings) {
        return findings.isEmpty()
                ? findings
                : Stream.concat(
                                Stream.of(withChanges(matter, findings.getFirst())),
                                findings.stream().skip(1))
                        .toList();
    }

    private static Finding withChanges(Matter matter, Finding finding) {
        List<Evidence> more =
                RecentChange.before(matter).stream()
                        .map(RecentChange::sighting)
                        .filter(
                                s ->
                                        finding.evidence().stream()
                                                .noneMatch(e -> e.text().equals(s.text())))
                        .map(
                                s ->
                                        new Evidence(
                                                Evidence.Kind.FOR,
                                                s.source(),
                                                s.text(),
                                                s.where(),
                                                s.at(),
                                                0))
                        .toList();
        return new Finding(
                finding.cause(),
                finding.probability(),
                finding.title(),
                finding.explanation(),
                Stream.concat(finding.evidence().stream(), more.stream()).toList(),
                finding.remedies(),
                finding.wontHelp());
    }

    private static double share(Candidate candidate, double total) {
        return rounded(Math.exp(candidate.score()) / total);
    }

    /** Four decimals: enough for any reader, and short in JSON. */
    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /** Causes that were possible until a fact spoke against them. */
    private static Stream<RuledOut> outweighed(List<Candidate> ordered, double total) {
        return ordered.stream()
                .filter(c -> share(c, total) < WORTH_SHOWING)
                .flatMap(
                        c ->
                                strongestAgainst(c)
                                        .map(e -> new RuledOut(c.info().id(), e.text()))
                                        .stream());
    }

    private static Optional<Evidence> strongestAgainst(Candidate candidate) {
        return candidate.possible().evidence().stream()
                .filter(e -> e.kind() == Evidence.Kind.AGAINST)
                .min(Comparator.comparingDouble(Evidence::weight));
    }

    private static List<NextStep> nextSteps(Matter matter, List<Candidate> ordered) {
        Stream<NextStep> asked =
                ordered.stream().limit(3).flatMap(c -> c.possible().next().stream());
        return Stream.concat(asked, FurtherLooks.of(matter)).distinct().limit(4).toList();
    }
}
