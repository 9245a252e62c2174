package dev.gatemend.cli;

import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Calibration;
import dev.gatemend.lab.Outcome;
import dev.gatemend.lab.Score;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What came of the scenarios, counted by cause: a table for the terminal, and what pages are made
 * of.
 */
record BenchReport(BenchMachine machine, List<Outcome> outcomes, List<NotPlayed> notPlayed) {
    private static final String ROW = "%-26s %6s %6s %6s %6s %8s %8s";

    BenchReport {
        outcomes = List.copyOf(outcomes);
        notPlayed = List.copyOf(notPlayed);
    }

    /**
     * A scenario that says nothing about the diagnosis.
     *
     * @param broken it was tried, and the fault did not come to be
     */
    record NotPlayed(String id, String why, boolean broken) {}

    /** Nothing was wrong with any diagnosis, and no scenario was broken. */
    boolean passed() {
        return outcomes.stream().allMatch(Outcome::right)
                && notPlayed.stream().noneMatch(NotPlayed::broken);
    }

    Page text(Page page) {
        Score faults = Score.ofAll(scored(), false);
        Score controls = Score.ofAll(scored(), true);
        if (faults.played() > 0) {
            page.line(
                    ROW.formatted("cause", "played", "first", "right", "wrong", "median", "95 %"));
            causes().forEach(score -> row(page, score));
            page.blank();
            page.wrapped("", 0, faults(faults), line -> line);
        }
        if (controls.played() > 0) {
            page.wrapped("", 0, controls(controls), line -> line);
        }
        if (calibration().claims() > 0) {
            page.wrapped("", 0, calibrated(calibration()), line -> line);
        }
        page.wrapped("", 0, timed(), line -> line);
        if (!composed().isEmpty()) {
            page.wrapped("", 0, inPartWritten(composed()), line -> line);
        }
        outcomes.stream()
                .filter(outcome -> !outcome.right())
                .forEach(o -> page.wrapped("", 0, o.summary().replaceAll(" +", " "), l -> l));
        for (NotPlayed other : notPlayed) {
            page.wrapped("", 0, other.id() + " not played: " + other.why(), line -> line);
        }
        return page;
    }

    private static void row(Page page, Score score) {
        page.line(
                ROW.formatted(
                        score.cause().orElse(""),
                        score.played(),
                        score.first(),
                        score.right(),
                        score.confidentlyWrong(),
                        seconds(score.median()),
                        seconds(score.slow())));
    }

    private static String faults(Score faults) {
        return "%s: %d named first (%s), %d right in all, %d confidently wrong"
                .formatted(
                        Words.count(faults.played(), "fault"),
                        faults.first(),
                        percent(faults.first(), faults.played()),
                        faults.right(),
                        faults.confidentlyWrong());
    }

    private static String controls(Score controls) {
        return "%s where nothing is wrong: %s"
                .formatted(
                        Words.count(controls.played(), "control"),
                        Words.count(controls.falseAlarms(), "false alarm"));
    }

    private static String calibrated(Calibration calibration) {
        return "%s: %d right, expected calibration error %s"
                .formatted(
                        Words.count(calibration.claims(), "claim"),
                        calibration.right(),
                        number(calibration.expectedError()));
    }

    private static String inPartWritten(List<Outcome> composed) {
        return "not scored, since a part of them is composed: %s, %d right"
                .formatted(
                        Words.count(composed.size(), "scenario"),
                        composed.stream().filter(Outcome::right).count());
    }

    private String timed() {
        List<Duration> times = times();
        return times.isEmpty()
                ? "nothing was played"
                : "a diagnosis took %s (median), 95 of 100 at most %s, the longest %s"
                        .formatted(
                                seconds(Score.medianOf(times)),
                                seconds(Score.slowOf(times)),
                                seconds(times.getLast()));
    }

    static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    static String number(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    /** Those that were real in all parts: they alone say how good the diagnosis is. */
    List<Outcome> scored() {
        return outcomes.stream().filter(o -> o.scenario().scored()).toList();
    }

    /** Those with a part that was written down. */
    List<Outcome> composed() {
        return outcomes.stream().filter(o -> !o.scenario().scored()).toList();
    }

    /** One score a cause, in the order played. */
    Stream<Score> causes() {
        return Score.byCause(scored()).stream().filter(score -> score.cause().isPresent());
    }

    /** Of all that was claimed, in controls as well. */
    Calibration calibration() {
        return Calibration.of(scored().stream().flatMap(o -> o.claims().stream()).toList());
    }

    /** The same about the scenarios that are scored apart, or about the others. */
    BenchReport onlySetApart(boolean apart) {
        return new BenchReport(
                machine,
                outcomes.stream().filter(o -> o.scenario().setApart() == apart).toList(),
                List.of());
    }

    /** How long the diagnoses took, the shortest first. */
    List<Duration> times() {
        return scored().stream().map(Outcome::diagnosing).sorted().toList();
    }
}
