package dev.gatemend.cli;

import static java.util.stream.Collectors.joining;

import dev.gatemend.lab.Aftermath;
import dev.gatemend.lab.Aftermath.Verdict;
import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Comparison;
import dev.gatemend.lab.Outage;
import dev.gatemend.lab.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the same faults under each watcher: for the terminal, and what pages are made of.
 */
record ComparisonReport(
        BenchMachine machine, List<Comparison> comparisons, List<BenchReport.NotPlayed> notPlayed) {
    private static final int ROW_ENDS = 30;

    ComparisonReport {
        comparisons = List.copyOf(comparisons);
        notPlayed = List.copyOf(notPlayed);
    }

    /** No fault failed to come to be; that watchers cannot mend some is no failure of the lab. */
    boolean passed() {
        return notPlayed.stream().noneMatch(BenchReport.NotPlayed::broken);
    }

    /** Those that a restart of the right unit mends, or the others. */
    List<Comparison> mendedByRestarting(boolean mended) {
        return comparisons.stream().filter(c -> c.mendedByRestarting() == mended).toList();
    }

    /**
     * Under one watcher.
     *
     * @param healed after how many faults clients were served steadily again
     * @param right after how many the right thing was restarted
     * @param wrong after how many a wrong one
     * @param nothing after how many none
     * @param median outage, the lower one of the two in the middle; one not over counts as the
     *     bound
     */
    record Totals(int healed, int right, int wrong, int nothing, Outage median) {
        static Totals of(List<Comparison> comparisons, Watcher watcher) {
            List<Aftermath> all = comparisons.stream().map(c -> c.under(watcher)).toList();
            return new Totals(
                    (int) all.stream().filter(a -> a.outage().over()).count(),
                    count(all, Verdict.RIGHT),
                    count(all, Verdict.WRONG),
                    count(all, Verdict.NOTHING),
                    median(all));
        }

        private static int count(List<Aftermath> all, Verdict verdict) {
            return (int) all.stream().filter(a -> a.verdict() == verdict).count();
        }

        private static Outage median(List<Aftermath> all) {
            List<Outage> sorted =
                    all.stream().map(Aftermath::outage).sorted(ComparisonReport::compare).toList();
            return sorted.isEmpty()
                    ? new Outage(Duration.ZERO, true, 0, 0)
                    : sorted.get((sorted.size() - 1) / 2);
        }
    }

    private static int compare(Outage one, Outage other) {
        return one.over() == other.over()
                ? one.length().compareTo(other.length())
                : Boolean.compare(other.over(), one.over());
    }

    Page text(Page page) {
        for (Comparison comparison : comparisons) {
            page.line(comparison.scenario().id());
            page.wrapped("", 4, "mended by: " + mending(comparison), line -> line);
            for (Aftermath aftermath : comparison.aftermaths()) {
                row(page, aftermath.watcher(), aftermath.outage(), restarted(aftermath));
            }
        }
        if (!comparisons.isEmpty()) {
            page.blank();
            totals(page, true);
            totals(page, false);
        }
        for (BenchReport.NotPlayed other : notPlayed) {
            page.wrapped("", 0, other.id() + " not played: " + other.why(), line -> line);
        }
        return page;
    }

    private void totals(Page page, boolean mended) {
        List<Comparison> some = mendedByRestarting(mended);
        if (some.isEmpty()) {
            return;
        }
        page.line(
                Words.count(some.size(), "fault")
                        + (mended ? " that a restart mends" : " that no restart mends")
                        + "; the middle outage, and how many");
        for (Watcher watcher : Watcher.values()) {
            Totals totals = Totals.of(some, watcher);
            row(
                    page,
                    watcher,
                    totals.median(),
                    "healed %d; restarted right %d, wrong %d, nothing %d"
                            .formatted(
                                    totals.healed(),
                                    totals.right(),
                                    totals.wrong(),
                                    totals.nothing()));
        }
    }

    private static void row(Page page, Watcher watcher, Outage outage, String words) {
        String label = "    %-15s %8s".formatted(watcher, seconds(outage));
        page.wrapped(label, ROW_ENDS, words, line -> line);
    }

    /** One line of progress. */
    static String summary(Comparison comparison) {
        return "%-48s %s"
                .formatted(
                        comparison.scenario().id(),
                        comparison.aftermaths().stream()
                                .map(a -> a.watcher() + " " + seconds(a.outage()))
                                .collect(joining(", ")));
    }

    /** The restart that mends it, in words. */
    static String mending(Comparison comparison) {
        List<String> units = comparison.scenario().restart().orElse(List.of());
        return units.isEmpty() ? "no restart" : "a restart of " + Words.list(units);
    }

    /** {@code right: shop.service}, with how often. */
    static String restarted(Aftermath aftermath) {
        if (aftermath.verdict() == Verdict.NOTHING) {
            return "nothing";
        }
        List<String> units = new ArrayList<>();
        aftermath
                .restarted()
                .forEach(
                        (unit, times) ->
                                units.add(times > 1 ? unit + " " + times + " times" : unit));
        return aftermath.verdict().name().toLowerCase(Locale.ROOT) + ": " + Words.list(units);
    }

    /** {@code 2.4 s}, or {@code >60 s} when it was not over by then. */
    static String seconds(Outage outage) {
        return outage.over()
                ? String.format(Locale.ROOT, "%.1f s", outage.length().toMillis() / 1000.0)
                : ">%d s".formatted(outage.length().toSeconds());
    }
}
