package dev.gatemend.diagnosis;

import dev.gatemend.model.Diagnosis.NextStep;
import dev.gatemend.model.Diagnosis.RuledOut;
import dev.gatemend.model.Finding;
import java.util.List;

/**
 * A matter with its causes weighed.
 *
 * @param place of the first finding; the matter's own when no cause spoke
 */
record Ranked(
        Matter matter,
        String place,
        List<Finding> findings,
        List<RuledOut> ruledOut,
        double unknown,
        boolean provisional,
        List<NextStep> next) {
    /** What leads where no cause does. */
    static final String UNKNOWN = "unknown";

    /** The id of what leads: a cause, or {@code unknown}. */
    String leading() {
        return findings.isEmpty() || findings.getFirst().probability() < unknown
                ? UNKNOWN
                : findings.getFirst().cause();
    }
}
