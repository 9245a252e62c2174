package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well the diagnosis did on scenarios of one cause, or on controls.
 *
 * @param cause empty for controls
 * @param played how many scenarios
 * @param first in how many faults the worst problem's first finding was the true cause, and more
 *     likely than unknown; where several things were broken, in as many problems each
 * @param right in how many nothing at all was wrong with the diagnosis: cause, place, maker, and no
 *     other claim
 * @param confidentlyWrong in how many faults another cause was claimed, with a probability of at
 *     least {@link #CONFIDENT}
 * @param falseAlarms in how many controls anything was claimed
 * @param median of the times the diagnosis took; of an even number the lower one of the two in the
 *     middle
 * @param slow 95 of 100 diagnoses took no longer
 */
public record Score(
        Optional<String> cause,
        int played,
        int first,
        int right,
        int confidentlyWrong,
        int falseAlarms,
        Duration median,
        Duration slow) {
    /** From here on a reader acts on it. */
    public static final double CONFIDENT = 0.8;

    /** One score a cause in the order played, that of controls among them. */
    public static List<Score> byCause(List<Outcome> outcomes) {
        Map<Optional<String>, List<Outcome>> causes = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            causes.computeIfAbsent(outcome.scenario().cause(), _ -> new ArrayList<>()).add(outcome);
        }
        List<Score> scores = new ArrayList<>();
        causes.forEach((cause, of) -> scores.add(of(cause, of)));
        return scores;
    }

    /** One score of all the faults, or of all the controls, among these. */
    public static Score ofAll(List<Outcome> outcomes, boolean controls) {
        return of(
                Optional.empty(),
                outcomes.stream().filter(o -> o.scenario().cause().isEmpty() == controls).toList());
    }

    private static Score of(Optional<String> cause, List<Outcome> outcomes) {
        return new Score(
                cause,
                outcomes.size(),
                (int) outcomes.stream().filter(Score::namesItFirst).count(),
                (int) outcomes.stream().filter(Outcome::right).count(),
                (int) outcomes.stream().filter(Score::claimsAnother).count(),
                (int) outcomes.stream().filter(Score::isFalseAlarm).count(),
                medianOf(times(outcomes)),
                slowOf(times(outcomes)));
    }

    /** Of several faults each, in as many problems. */
    private static boolean namesItFirst(Outcome outcome) {
        List<String> causes = outcome.scenario().causes();
        return !causes.isEmpty()
                && outcome.diagnoses().stream()
                        .limit(causes.size())
                        .flatMap(d -> d.verdict().filter(f -> isTrue(outcome, d, f)).stream())
                        .map(Finding::cause)
                        .toList()
                        .containsAll(causes);
    }

    private static boolean claimsAnother(Outcome outcome) {
        return outcome.scenario().cause().isPresent()
                && outcome.diagnoses().stream()
                        .flatMap(d -> d.verdict().filter(f -> !isTrue(outcome, d, f)).stream())
                        .anyMatch(finding -> finding.probability() >= CONFIDENT);
    }

    private static boolean isTrue(Outcome outcome, Diagnosis diagnosis, Finding finding) {
        return Judgement.isTrue(outcome.scenario(), diagnosis, finding);
    }

    private static boolean isFalseAlarm(Outcome outcome) {
        return outcome.scenario().cause().isEmpty() && !outcome.diagnoses().isEmpty();
    }

    private static List<Duration> times(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::diagnosing).sorted().toList();
    }

    /** Zero of none. */
    public static Duration medianOf(List<Duration> sorted) {
        return quantile(sorted, 50);
    }

    /** What 95 of 100 do not exceed; zero of none. */
    public static Duration slowOf(List<Duration> sorted) {
        return quantile(sorted, 95);
    }

    /** By nearest rank: a time that was measured, never one between two. */
    private static Duration quantile(List<Duration> sorted, int percent) {
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
