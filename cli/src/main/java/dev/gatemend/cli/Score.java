package dev.gatemend.cli;

import dev.gatemend.model.Finding;
import java.util.Locale;
import java.util.Optional;

/** How often verdicts on reports of known cause were right. Used by one thread. */
final class Score {
    /** From here a verdict is taken for sure, and a wrong one costs days. */
    private static final double CONFIDENT = 0.8;

    private int reports;
    private int first;
    private int acceptable;
    private int confident;
    private int confidentWrong;

    /** What came of one report. */
    enum Verdict {
        RIGHT("right"),
        ACCEPTABLE("acceptable"),
        WRONG("wrong");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Counts a report.
     *
     * @param finding that was named first; empty for none
     */
    Verdict count(KnownReport known, Optional<Finding> finding) {
        String named = finding.map(Finding::cause).orElse("");
        Verdict verdict =
                named.equals(known.cause())
                        ? Verdict.RIGHT
                        : known.alsoAcceptable().contains(named)
                                ? Verdict.ACCEPTABLE
                                : Verdict.WRONG;
        boolean sure = finding.filter(f -> f.probability() >= CONFIDENT).isPresent();
        reports++;
        first += verdict == Verdict.RIGHT ? 1 : 0;
        acceptable += verdict != Verdict.WRONG ? 1 : 0;
        confident += sure ? 1 : 0;
        confidentWrong += sure && verdict == Verdict.WRONG ? 1 : 0;
        return verdict;
    }

    int reports() {
        return reports;
    }

    /** Named first as they were. */
    int first() {
        return first;
    }

    /** The same, counting acceptable neighbours. */
    int acceptable() {
        return acceptable;
    }

    /** Named with a probability of at least 0.8. */
    int confident() {
        return confident;
    }

    /** Those among them that were wrong. */
    int confidentWrong() {
        return confidentWrong;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%n%d reports: %.0f %% named first, %.0f %% counting acceptable neighbours,%n"
                        + "%.0f %% confident (0.8 and more), %.1f %% confident and wrong%n",
                reports,
                share(first),
                share(acceptable),
                share(confident),
                share(confidentWrong));
    }

    private double share(int count) {
        return 100.0 * count / Math.max(1, reports);
    }
}
