package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TrafficReport.Change;
import dev.gatemend.nginx.traffic.TrafficReport.Measure;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds the moments at which a rate changed and stayed changed. A stretch of slots is split where
 * two rates explain its counts far better than one (binary segmentation by the likelihood ratio),
 * and both parts are looked at again. Only changes that somebody would notice are told.
 */
final class ChangePoints {
    private static final int MOST = 12;

    /**
     * Twice the gain of a split at a given place is about chi-squared with one degree of freedom
     * under chance alone; the best of a few hundred places stays below 10.
     */
    private static final double GAIN = 10;

    /** The day's course changes traffic by less than this from one stretch to the next. */
    private static final double REQUESTS_FACTOR = 3;

    private static final double FAILURES_FACTOR = 1.5;

    /** A share that moves by less than this many failures among a million requests is noise. */
    private static final double SMALLEST_SHARE = 0.001;

    /** From this part on they are "mostly" somebody's. */
    private static final double MOSTLY = 0.8;

    private final List<Slot> slots;
    private final RateSeries series;
    private final Measure measure;
    private final List<Change> found = new ArrayList<>();

    private ChangePoints(List<Slot> slots, RateSeries series, Measure measure) {
        this.slots = slots;
        this.series = series;
        this.measure = measure;
    }

    /** In the order of time. */
    static List<Change> of(Timeline timeline) {
        List<Slot> slots = withoutGaps(timeline);
        long[] requests = slots.stream().mapToLong(Slot::requests).toArray();
        long[] failures = slots.stream().mapToLong(Slot::failures).toArray();
        double[] seconds = new double[requests.length];
        Arrays.fill(seconds, timeline.step().toMillis() / 1_000.0);
        double[] chances = Arrays.stream(requests).asDoubleStream().toArray();
        return Stream.concat(
                        find(slots, new RateSeries(failures, chances, true), Measure.FAILURES),
                        find(slots, new RateSeries(requests, seconds, false), Measure.REQUESTS))
                .sorted(Comparator.comparing(Change::at))
                .toList();
    }

    private static Stream<Change> find(List<Slot> slots, RateSeries series, Measure measure) {
        ChangePoints points = new ChangePoints(slots, series, measure);
        points.split(0, series.length());
        return points.found.stream();
    }

    /** Slots without a single request are missing from a timeline; here they count. */
    private static List<Slot> withoutGaps(Timeline timeline) {
        List<Slot> all = new ArrayList<>();
        Instant next = Instant.MIN;
        for (Slot slot : timeline.slots()) {
            // a log with a hole of months is two logs
            for (int i = 0; i < 1_000 && !all.isEmpty() && next.isBefore(slot.from()); i++) {
                all.add(new Slot(next, 0, 0, 0, 0, 0));
                next = next.plus(timeline.step());
            }
            all.add(slot);
            next = slot.from().plus(timeline.step());
        }
        return all;
    }

    private void split(int from, int to) {
        if (to - from < 2 || found.size() >= MOST) {
            return;
        }
        double gain = GAIN;
        int at = -1;
        // the first and the last slot of a log are seldom whole ones
        int first = measure == Measure.REQUESTS && from == 0 ? 2 : from + 1;
        int last = measure == Measure.REQUESTS && to == slots.size() ? to - 1 : to;
        for (int i = first; i < last; i++) {
            if (measure == Measure.FAILURES && slots.get(i).requests() == 0) {
                // of many places in a silence the one where it ends
                continue;
            }
            double here = series.gain(from, i, to);
            if (here > gain) {
                gain = here;
                at = i;
            }
        }
        if (at < 0) {
            return;
        }
        double before = series.rate(from, at);
        double after = series.rate(at, to);
        if (isNoticed(before, after)) {
            found.add(
                    new Change(
                            slots.get(at).from(),
                            measure,
                            before,
                            after,
                            text(at, to, before, after)));
        }
        split(from, at);
        split(at, to);
    }

    private boolean isNoticed(double before, double after) {
        double low = Math.min(before, after);
        double high = Math.max(before, after);
        return measure == Measure.FAILURES
                ? high >= low * FAILURES_FACTOR && high - low >= SMALLEST_SHARE
                : high >= low * REQUESTS_FACTOR;
    }

    private String text(int at, int to, double before, double after) {
        String direction = after > before ? "rose" : "fell";
        return measure == Measure.FAILURES
                ? "failures "
                        + direction
                        + " from "
                        + percent(before)
                        + " to "
                        + percent(after)
                        + " of the requests"
                        + (after > before ? mostlyBy(at, to) : "")
                : "requests "
                        + direction
                        + " from "
                        + number(before)
                        + " to "
                        + number(after)
                        + " a second";
    }

    private String mostlyBy(int from, int to) {
        double nginx = 0;
        double upstream = 0;
        double all = 0;
        for (Slot slot : slots.subList(from, to)) {
            nginx += slot.nginx();
            upstream += slot.upstream();
            all += slot.failures();
        }
        if (nginx >= all * MOSTLY) {
            return ", mostly made by nginx";
        }
        return upstream >= all * MOSTLY ? ", mostly made by an upstream" : "";
    }

    private static String percent(double share) {
        double value = share * 100;
        return String.format(Locale.ROOT, value > 0 && value < 1 ? "%.2f %%" : "%.1f %%", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
