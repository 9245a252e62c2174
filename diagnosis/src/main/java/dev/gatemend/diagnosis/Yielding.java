package dev.gatemend.diagnosis;

import java.util.List;
import java.util.OptionalDouble;

/** The rule that the more special cause speaks where it has evidence of its own. */
final class Yielding {
    /** Evidence of its own: as much as one strong observation. */
    private static final double OWN_EVIDENCE = Strength.STRONG.weight();

    /** How far below the special cause the general one is put: about one in seven. */
    private static final double STEP_BACK = Strength.MODERATE.weight();

    private Yielding() {}

    static List<Candidate> settle(List<Candidate> candidates) {
        return candidates.stream().map(c -> settle(c, candidates)).toList();
    }

    private static Candidate settle(Candidate candidate, List<Candidate> all) {
        OptionalDouble special =
                all.stream()
                        .filter(o -> candidate.info().yieldsTo(o.info().id()))
                        .filter(o -> o.own() >= OWN_EVIDENCE)
                        .mapToDouble(Candidate::score)
                        .max();
        return special.isPresent()
                ? candidate.withScore(
                        Math.min(candidate.score(), special.getAsDouble() - STEP_BACK))
                : candidate;
    }
}
