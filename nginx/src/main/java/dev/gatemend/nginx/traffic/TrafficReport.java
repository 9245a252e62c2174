package dev.gatemend.nginx.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a set of logs tells. Times are seconds or exact instants as written in the logs; all counts
 * are exact unless {@link #approximate} names them. Immutable.
 *
 * @param files in the order they were read
 * @param totals of all access logs
 * @param failures responses with status 500 to 599
 * @param hidden failures that no user saw as such
 * @param peers every address that was tried, the one with the most failed attempts first
 * @param errors entries of the error logs that concern an upstream, by error id, the most frequent
 *     first; {@code other} counts the remaining ones
 * @param timeline requests and failures over time; slots without requests are left out
 * @param changes where the rates changed for good, in the order of time
 * @param samples lines to look at, at most a few a kind
 * @param approximate sentences: which numbers are not exact, and how wrong they can be
 * @param notes sentences: what was left out, does not fit or cannot be told
 */
public record TrafficReport(
        List<FileRead> files,
        Totals totals,
        Failures failures,
        Hidden hidden,
        List<PeerTraffic> peers,
        List<Count> errors,
        Timeline timeline,
        List<Change> changes,
        List<Sample> samples,
        List<String> approximate,
        List<String> notes) {
    public TrafficReport {
        files = List.copyOf(files);
        peers = List.copyOf(peers);
        errors = List.copyOf(errors);
        changes = List.copyOf(changes);
        samples = List.copyOf(samples);
        approximate = List.copyOf(approximate);
        notes = List.copyOf(notes);
    }

    /** What a log turned out to be. */
    public enum Kind {
        ACCESS,
        ERROR,
        /** Neither: no line fits. */
        FOREIGN
    }

    /**
     * One log.
     *
     * @param bytes read, after unpacking
     * @param lines read, those outside the asked time included
     * @param unparsed lines that fit no format
     * @param disordered lines with an earlier time than the line before them
     * @param format name of the access log's format, with {@code inferred} when nobody said it
     * @param problem why it was not read to its end
     */
    public record FileRead(
            String name,
            Kind kind,
            long bytes,
            long lines,
            long unparsed,
            long disordered,
            Optional<String> format,
            Optional<String> problem) {}

    /**
     * Of the access logs, within what was asked for.
     *
     * @param requests lines counted as requests
     * @param statuses of those, by status as sent to the client
     * @param first when the earliest was logged
     */
    public record Totals(
            long bytes,
            long lines,
            long unparsed,
            long requests,
            SortedMap<Integer, Long> statuses,
            Optional<Instant> first,
            Optional<Instant> last) {}

    /**
     * Responses with status 500 to 599.
     *
     * @param byPeer address of the last attempt, then status
     * @param sites, upstreams, uris, clients the most failing ones first, at most {@link #MOST}
     * @param byError ids of the error-log entries that belong to them, the most frequent first
     */
    public record Failures(
            long total,
            Map<Maker, Long> byMaker,
            SortedMap<String, SortedMap<Integer, Long>> byPeer,
            List<Share> sites,
            List<Share> upstreams,
            List<Share> uris,
            List<Share> clients,
            List<Count> byError) {
        /** Rows a list has at most. */
        public static final int MOST = 50;
    }

    /**
     * How much of something failed.
     *
     * @param requests all of them; at least {@code failures}
     */
    public record Share(String name, long requests, long failures) {}

    /** How often something was there. */
    public record Count(String name, long count) {}

    /**
     * Failures that no user saw as an error.
     *
     * @param retried requests answered below 500 after at least one failed attempt
     * @param cutAfterHeader answers below 500 that the upstream broke off behind the header, as the
     *     error log tells
     */
    public record Hidden(long retried, long cutAfterHeader) {}

    /**
     * One address that nginx tried.
     *
     * @param attempts all of them
     * @param failed attempts that ended in 5xx, by the status in $upstream_status, where nginx
     *     writes 502 and 504 for those without an answer
     * @param hidden failed attempts whose request was answered below 500 in the end
     * @param byPosition failed attempts that were the first, second, ... of their request
     * @param latency of the attempts, where the format has $upstream_response_time
     */
    public record PeerTraffic(
            String address,
            long attempts,
            SortedMap<Integer, Long> failed,
            long hidden,
            List<Long> byPosition,
            Optional<Latency> latency) {
        public PeerTraffic {
            byPosition = List.copyOf(byPosition);
        }
    }

    /** Response times in seconds, each at most one percent off. */
    public record Latency(long count, double p50, double p95, double p99, double max) {}

    /**
     * Requests over time.
     *
     * @param step width of every slot
     */
    public record Timeline(Duration step, List<Slot> slots) {
        public Timeline {
            slots = List.copyOf(slots);
        }
    }

    /**
     * One stretch of time.
     *
     * @param failures responses 500 to 599; makes up nginx + upstream + those of unknown maker
     * @param hidden requests answered below 500 after a failed attempt
     */
    public record Slot(
            Instant from, long requests, long failures, long nginx, long upstream, long hidden) {}

    /** A moment at which a rate changed. */
    public record Change(Instant at, Measure measure, double before, double after, String text) {}

    /** What a {@link Change} is about. */
    public enum Measure {
        /** Failures as a share of the requests, 0 to 1. */
        FAILURES,
        /** Requests a second. */
        REQUESTS
    }

    /**
     * A line worth looking at.
     *
     * @param what the kind, {@code made by nginx}, {@code does not fit}
     * @param where {@code access.log:17}
     * @param text at most 1,000 characters of it, as written: not escaped
     */
    public record Sample(String what, String where, String text) {}
}
