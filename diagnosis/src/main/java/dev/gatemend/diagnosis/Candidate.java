package dev.gatemend.diagnosis;

import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A cause that may be it, with its score.
 *
 * @param own what the evidence beyond that common to all rivals weighs, without the prior
 * @param score log-odds against the field; only differences count
 */
record Candidate(CauseInfo info, Judgement.Possible possible, double own, double score) {
    /**
     * What one observer says twice is not two witnesses: of each source the strongest piece counts
     * in full and the others half.
     */
    private static final double SAME_WITNESS = 0.5;

    static Candidate of(CauseInfo info, Judgement.Possible possible) {
        List<Evidence> own =
                possible.evidence().stream().filter(e -> !possible.common().contains(e)).toList();
        double score = info.frequency().logPrior() + support(possible.evidence());
        return new Candidate(info, possible, support(own), score);
    }

    private static double support(List<Evidence> evidence) {
        Map<String, List<Evidence>> bySource =
                evidence.stream().collect(Collectors.groupingBy(e -> e.source() + e.kind()));
        return bySource.values().stream().mapToDouble(Candidate::ofOneSource).sum();
    }

    private static double ofOneSource(List<Evidence> evidence) {
        List<Double> weights = new ArrayList<>(evidence.stream().map(Evidence::weight).toList());
        weights.sort(Comparator.comparingDouble((Double w) -> -Math.abs(w)));
        double rest = weights.stream().skip(1).mapToDouble(Double::doubleValue).sum();
        return weights.getFirst() + rest * SAME_WITNESS;
    }

    Candidate withScore(double lowered) {
        return new Candidate(info, possible, own, lowered);
    }

    Finding finding(double probability) {
        return new Finding(
                info.id(),
                probability,
                possible.title(),
                possible.explanation(),
                possible.evidence(),
                possible.remedies(),
                possible.wontHelp());
    }
}
