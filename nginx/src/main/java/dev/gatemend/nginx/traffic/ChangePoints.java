package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TrafficReport.Change;
import dev.gatemend.nginx.traffic.TrafficReport.Measure;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Finds the moments at which a rate changed and stayed changed. A stretch of slots is split where
 * two rates explain its counts far better than one (binary segmentation by the likelihood ratio),
 * and both parts are looked at again. Counts of arrivals vary more than chance alone lets them, so
 * a ratio must be beyond what their own scatter explains, and a change must be one that somebody
 * would notice.
 */
final class ChangePoints {
    private static final int MOST = 20;

    /**
     * Log-likelihood gained by a split. Under chance alone twice the gain is about chi-squared with
     * two degrees of freedom; the best of a thousand places stays below 10.
     */
    private static final double GAIN = 12;

    /** A rate that changes by less than this factor is the day's course, not an event. */
    private static final double FACTOR = 1.5;

    private final List<Slot> slots;
    private final long[] failures;
    private final long[] requests;
    private final double stepSeconds;

    private ChangePoints(Timeline timeline) {
        this.slots = timeline.slots();
        this.stepSeconds = timeline.step().toMillis() / 1_000.0;
        this.failures = sums(Slot::failures);
        this.requests = sums(Slot::requests);
    }

    /** In the order of time. */
    static List<Change> of(Timeline timeline) {
        ChangePoints points = new ChangePoints(timeline);
        List<Change> found = new ArrayList<>();
        points.split(0, timeline.slots().size(), found);
        return found.stream().sorted(Comparator.comparing(Change::at)).limit(MOST).toList();
    }

    private void split(int from, int to, List<Change> found) {
        if (to - from < 2 || found.size() >= MOST) {
            return;
        }
        double gain = 0;
        int at = -1;
        for (int i = from + 1; i < to; i++) {
            double here = gain(from, i, to);
            if (here > gain) {
                gain = here;
                at = i;
            }
        }
        if (at < 0 || gain < GAIN) {
            return;
        }
        double before = share(from, at);
        double after = share(at, to);
        if (Math.max(before, after) >= FACTOR * Math.min(before, after)) {
            found.add(change(at, before, after));
        }
        split(from, at, found);
        split(at, to, found);
    }

    private Change change(int at, double before, double after) {
        return new Change(
                slots.get(at).from(),
                Measure.FAILURES,
                before,
                after,
                String.format(
                        Locale.ROOT,
                        "failures %s from %s to %s of the requests",
                        after > before ? "rose" : "fell",
                        percent(before),
                        percent(after)));
    }

    private static String percent(double share) {
        double value = share * 100;
        return String.format(Locale.ROOT, value > 0 && value < 1 ? "%.2f %%" : "%.1f %%", value);
    }

    /** Of two shares over one, for failures among requests. */
    private double gain(int from, int at, int to) {
        return likelihood(from, at) + likelihood(at, to) - likelihood(from, to);
    }

    private double likelihood(int from, int to) {
        double failed = failures[to] - failures[from];
        double all = requests[to] - requests[from];
        return failed <= 0 || failed >= all
                ? 0
                : failed * Math.log(failed / all) + (all - failed) * Math.log((all - failed) / all);
    }

    private double share(int from, int to) {
        double all = requests[to] - requests[from];
        return all == 0 ? 0 : (failures[to] - failures[from]) / all;
    }

    private long[] sums(ToDoubleFunction<Slot> value) {
        long[] sums = new long[slots.size() + 1];
        for (int i = 0; i < slots.size(); i++) {
            sums[i + 1] = sums[i] + (long) value.applyAsDouble(slots.get(i));
        }
        return sums;
    }
}
