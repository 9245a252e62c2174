package dev.gatemend.nginx.traffic;

import java.util.Arrays;

/**
 * Events over slots of equal width, each with a chance to happen: failures among requests, or
 * requests in a stretch of time. Immutable.
 */
final class RateSeries {
    private static final double MEDIAN_OF_CHI_SQUARED = 0.455;

    private final long[] events;
    private final double[] chances;
    private final boolean share;
    private final double scatter;

    /**
     * @param events of each slot
     * @param chances of each slot, at least as many as events when {@code share}
     * @param share events are a part of the chances, else they have no bound
     */
    RateSeries(long[] events, double[] chances, boolean share) {
        this.share = share;
        this.events = new long[events.length + 1];
        this.chances = new double[events.length + 1];
        for (int i = 0; i < events.length; i++) {
            this.events[i + 1] = this.events[i] + events[i];
            this.chances[i + 1] = this.chances[i] + chances[i];
        }
        this.scatter = scatter();
    }

    int length() {
        return events.length - 1;
    }

    /** Events for each chance between two slots. */
    double rate(int from, int to) {
        double possible = chances[to] - chances[from];
        return possible == 0 ? 0 : (events[to] - events[from]) / possible;
    }

    /**
     * How much better two rates explain the slots than one: the logarithm of the likelihood ratio,
     * in units of the scatter that neighbouring slots show anyway.
     */
    double gain(int from, int at, int to) {
        return (likelihood(from, at) + likelihood(at, to) - likelihood(from, to)) / scatter;
    }

    private double likelihood(int from, int to) {
        double happened = events[to] - events[from];
        double possible = chances[to] - chances[from];
        double rest = share ? possible - happened : 0;
        return part(happened, possible) + part(rest, possible);
    }

    private static double part(double happened, double possible) {
        return happened <= 0 || possible <= 0 ? 0 : happened * Math.log(happened / possible);
    }

    /**
     * What neighbours differ by, squared, over what chance alone lets them: 1 for independent
     * events, more for those that come in bursts. The median, so that real changes do not count.
     */
    private double scatter() {
        double[] ratios = new double[Math.max(0, length() - 1)];
        int count = 0;
        for (int i = 0; i + 2 < events.length; i++) {
            double before = chances[i + 1] - chances[i];
            double after = chances[i + 2] - chances[i + 1];
            double rate = rate(i, i + 2);
            double variance =
                    before * after == 0
                            ? 0
                            : rate * (share ? 1 - rate : 1) * (1 / before + 1 / after);
            if (variance > 0) {
                double difference = rate(i + 1, i + 2) - rate(i, i + 1);
                ratios[count++] = difference * difference / variance;
            }
        }
        if (count == 0) {
            return 1;
        }
        Arrays.sort(ratios, 0, count);
        return Math.max(1, ratios[count / 2] / MEDIAN_OF_CHI_SQUARED);
    }
}
