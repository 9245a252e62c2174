package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ErrorEffect;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.Failures;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Hidden;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import dev.gatemend.nginx.traffic.TrafficReport.Sample;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;
import dev.gatemend.nginx.traffic.TrafficReport.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes the report of what was counted. */
final class ReportBuilder {
    private final List<FileRead> files;
    private final List<LineCounts> lineCounts;
    private final AccessTally requests;
    private final List<Outcome> outcomes;
    private final ErrorTally errors;
    private final JoinCounts joins;
    private final Map<Maker, Long> byMaker;

    ReportBuilder(
            List<FileRead> files,
            List<LineCounts> lineCounts,
            AccessTally requests,
            ErrorTally errors,
            JoinCounts joins) {
        this.files = files;
        this.lineCounts = lineCounts;
        this.requests = requests;
        this.outcomes = requests.outcomes();
        this.errors = errors;
        this.joins = joins;
        this.byMaker = new EnumMap<>(joins.byMaker);
    }

    TrafficReport build() {
        long failed = countFailed();
        PeerSummary peers = new PeerSummary(requests);
        Timeline timeline = TimelineSteps.of(requests.slots.slots());
        return new TrafficReport(
                files,
                totals(),
                failures(failed),
                new Hidden(hidden(), joins.cut),
                peers.peers(),
                errorCounts(),
                timeline,
                ChangePoints.of(timeline),
                samples(),
                new Doubts(requests, errors).sentences(),
                notes());
    }

    /**
     * What the lines say themselves; what is left of the failures is unknown. Returns how many
     * there are.
     */
    private long countFailed() {
        long total = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.failed()) {
                total += outcome.requests;
                outcome.maker.ifPresent(m -> byMaker.merge(m, outcome.requests, Long::sum));
            }
        }
        long known = byMaker.values().stream().mapToLong(Long::longValue).sum();
        for (Maker maker : Maker.values()) {
            byMaker.putIfAbsent(maker, 0L);
        }
        byMaker.put(Maker.UNKNOWN, total - known);
        return total;
    }

    private Totals totals() {
        SortedMap<Integer, Long> statuses = new TreeMap<>();
        for (int status = 0; status < requests.statuses.length; status++) {
            if (requests.statuses[status] > 0) {
                statuses.put(status, requests.statuses[status]);
            }
        }
        List<FileRead> access = files.stream().filter(f -> f.kind() != Kind.ERROR).toList();
        return new Totals(
                access.stream().mapToLong(FileRead::bytes).sum(),
                access.stream().mapToLong(FileRead::lines).sum(),
                access.stream().mapToLong(FileRead::unparsed).sum(),
                requests.requests,
                statuses,
                instant(requests.first, Long.MAX_VALUE),
                instant(requests.last, Long.MIN_VALUE));
    }

    private static Optional<Instant> instant(long millis, long none) {
        return millis == none ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private Failures failures(long total) {
        SortedMap<String, SortedMap<Integer, Long>> byPeer = new TreeMap<>();
        Map<String, long[]> upstreams = new HashMap<>();
        for (Outcome outcome : outcomes) {
            long failed = outcome.failed() ? outcome.requests : 0;
            if (failed > 0) {
                outcome.lastPeer()
                        .ifPresent(
                                peer ->
                                        byPeer.computeIfAbsent(peer, p -> new TreeMap<>())
                                                .merge(outcome.status, failed, Long::sum));
            }
            outcome.upstream.ifPresent(
                    name -> {
                        long[] counts = upstreams.computeIfAbsent(name, n -> new long[2]);
                        counts[0] += outcome.requests;
                        counts[1] += failed;
                    });
        }
        return new Failures(
                total,
                byMaker,
                byPeer,
                requests.sites.shares(Failures.MOST),
                shares(upstreams),
                requests.uris.shares(Failures.MOST),
                requests.clients.shares(Failures.MOST),
                counts(joins.byError));
    }

    private static List<Share> shares(Map<String, long[]> counts) {
        return counts.entrySet().stream()
                .filter(e -> e.getValue()[1] > 0)
                .map(e -> new Share(e.getKey(), e.getValue()[0], e.getValue()[1]))
                .sorted(
                        Comparator.comparingLong(Share::failures)
                                .reversed()
                                .thenComparing(Share::name))
                .limit(Failures.MOST)
                .toList();
    }

    private static List<Count> counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> new Count(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparingLong(Count::count)
                                .reversed()
                                .thenComparing(Count::name))
                .toList();
    }

    private long hidden() {
        return outcomes.stream().filter(Outcome::hidesFailures).mapToLong(o -> o.requests).sum();
    }

    private List<Count> errorCounts() {
        Map<String, Long> byId = new HashMap<>();
        for (int i = 0; i < errors.kinds(); i++) {
            if (errors.count(i) > 0) {
                byId.merge(errors.kind(i).id().orElse("other"), errors.count(i), Long::sum);
            }
        }
        return counts(byId);
    }

    private List<Sample> samples() {
        List<Sample> found = new ArrayList<>();
        for (Samples.Kind kind : Samples.Kind.values()) {
            for (Samples.Found line : requests.samples.of(kind)) {
                String name = files.get(line.log()).name();
                String where = lineCounts.get(line.log()).where(name, line.block(), line.line());
                found.add(new Sample(kind.words, where, line.text()));
            }
        }
        return found;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (requests.own > 0) {
            notes.add(requests.own + " requests of Gatemend itself were left out");
        }
        if (requests.withoutStatus > 0) {
            notes.add(requests.withoutStatus + " lines have no status and were left out");
        }
        long unknown = byMaker.getOrDefault(Maker.UNKNOWN, 0L);
        if (unknown > 0) {
            notes.add(
                    "who made "
                            + unknown
                            + (unknown == 1 ? " failure" : " failures")
                            + " cannot be told: "
                            + (errors.entries() == 0 ? "give the error log too, or " : "")
                            + "log $upstream_addr and $upstream_header_time");
        }
        long cut =
                IntStream.range(0, errors.kinds())
                        .filter(i -> errors.kind(i).effect() == ErrorEffect.CUTS_ANSWER)
                        .mapToLong(errors::count)
                        .sum();
        if (cut > 0 && requests.requests == 0) {
            notes.add("without an access log answers that were cut are those of all requests");
        }
        return notes;
    }
}
