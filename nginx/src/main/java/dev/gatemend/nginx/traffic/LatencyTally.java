package dev.gatemend.nginx.traffic;

import org.HdrHistogram.Histogram;

/**
 * Response times of one peer, as a sketch that can be merged: each value is kept to two significant
 * digits, so no percentile is more than one percent off. Not thread-safe.
 */
final class LatencyTally {
    /** Longer than any time-out; nginx writes milliseconds. */
    private static final long LONGEST_MILLIS = 24L * 3600 * 1000;

    private static final int DIGITS = 2;

    private final Histogram millis = new Histogram(DIGITS);

    void add(long value) {
        millis.recordValue(Math.min(value, LONGEST_MILLIS));
    }

    void add(LatencyTally other) {
        millis.add(other.millis);
    }

    boolean isEmpty() {
        return millis.getTotalCount() == 0;
    }

    TrafficReport.Latency latency() {
        return new TrafficReport.Latency(
                millis.getTotalCount(),
                seconds(millis.getValueAtPercentile(50)),
                seconds(millis.getValueAtPercentile(95)),
                seconds(millis.getValueAtPercentile(99)),
                seconds(millis.getMaxValue()));
    }

    private static double seconds(long value) {
        return value / 1000.0;
    }
}
