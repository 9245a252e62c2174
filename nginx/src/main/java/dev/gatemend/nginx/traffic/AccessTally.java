package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ByteSearch;
import dev.gatemend.nginx.traffic.TimeSlots.Counter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts requests. One thread's share of them; {@link #add} puts shares together. */
final class AccessTally {
    /** Different outcomes told apart: statuses times combinations of peers. */
    private static final int MOST_OUTCOMES = 50_000;

    /** A failure without $request_time is looked for this long before its end, seconds. */
    private static final int UNKNOWN_DURATION = 5;

    /** Is told of each request that failed, or hides failures. */
    @FunctionalInterface
    interface Watcher {
        void request(AccessLine line, Outcome outcome, int log);

        /** Whether it wants to know of all others, too. */
        default boolean wantsAnswers() {
            return false;
        }

        /**
         * A request that neither failed nor hid a failure.
         *
         * @param path folded
         */
        default void answered(AccessLine line, Outcome outcome, String path, int log) {}
    }

    private final long seed;
    private final RequestFilter filter;
    private final UriFold fold = new UriFold();
    private final Map<Integer, Outcome> byStatusAlone = new HashMap<>();
    private final OutcomeTable outcomes = new OutcomeTable(MOST_OUTCOMES);
    private long lastMillis = AccessLine.NO_TIME;
    private long earliestOfBlock = Long.MAX_VALUE;

    final long[] statuses = new long[1_000];
    final Latencies latencies = new Latencies();
    final TimeSlots slots = new TimeSlots();
    final Samples samples = new Samples();
    private final FailedRows rows = new FailedRows();
    private final List<FailedRows> allRows = new ArrayList<>(List.of(rows));
    private final List<Outcome> all = new ArrayList<>();
    final KeyShares sites;
    final KeyShares uris;
    final KeyShares clients;
    private Watcher watcher = (_, _, _) -> {};
    long requests;
    long own;
    long withoutStatus;
    long disordered;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    AccessTally(long seed, TrafficFilter asked, TimeRange range) {
        this.seed = seed;
        this.filter = new RequestFilter(asked, range);
        this.sites = new KeyShares();
        this.uris = new KeyShares();
        this.clients = new KeyShares();
    }

    void watch(Watcher by) {
        watcher = by;
    }

    /** A new block begins: the line before its first one is another thread's. */
    void beginBlock() {
        lastMillis = AccessLine.NO_TIME;
        earliestOfBlock = Long.MAX_VALUE;
    }

    /** Of all lines since {@link #beginBlock}; the past when none had a time. */
    long earliestOfBlock() {
        return lastMillis == AccessLine.NO_TIME ? Long.MIN_VALUE : earliestOfBlock;
    }

    /** Takes one line that fits its format; the place is where a sample of it would stand. */
    void add(AccessLine line, int log, int block, int index, int from, int to) {
        long millis = line.millis();
        if (millis != AccessLine.NO_TIME) {
            disordered += millis < lastMillis ? 1 : 0;
            lastMillis = millis;
            earliestOfBlock = Math.min(earliestOfBlock, millis);
        }
        int status = line.status().orElse(-1);
        if (status < 0) {
            withoutStatus++;
            return;
        }
        if (line.isOwn()) {
            own++;
            return;
        }
        if (!filter.isOpen() && !filter.passes(line, status)) {
            return;
        }
        Outcome outcome = outcome(line, status);
        count(line, outcome, millis);
        if (status >= 500 || outcome.hidesFailures()) {
            sample(line, outcome, log, block, index, from, to);
            watcher.request(line, outcome, log);
        } else if (watcher.wantsAnswers()) {
            watcher.answered(line, outcome, fold.text(), log);
        }
    }

    /** Adds another thread's share. */
    void add(AccessTally other) {
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] += other.statuses[i];
        }
        requests += other.requests;
        own += other.own;
        withoutStatus += other.withoutStatus;
        disordered += other.disordered;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        latencies.add(other.latencies);
        slots.add(other.slots);
        samples.add(other.samples);
        sites.add(other.sites);
        uris.add(other.uris);
        clients.add(other.clients);
        all.addAll(other.outcomes());
        allRows.addAll(other.allRows);
    }

    /** How requests ended, of all shares; the same outcome may stand there once a share. */
    List<Outcome> outcomes() {
        List<Outcome> found = new ArrayList<>(all);
        found.addAll(outcomes.all());
        found.addAll(byStatusAlone.values());
        return found;
    }

    /** Failed requests of all shares. */
    List<FailedRows> rows() {
        return allRows;
    }

    /** Requests counted by their status alone. */
    long beyondOutcomes() {
        return outcomes().stream().filter(o -> o.ofStatusAlone).mapToLong(o -> o.requests).sum();
    }

    private void count(AccessLine line, Outcome outcome, long millis) {
        boolean failed = outcome.failed();
        requests++;
        statuses[outcome.status]++;
        outcome.requests++;
        if (millis != AccessLine.NO_TIME) {
            first = Math.min(first, millis);
            last = Math.max(last, millis);
        }
        slots.count(millis, Counter.REQUESTS);
        if (outcome.latencies.length > 0) {
            AttemptTimes.add(line, outcome.latencies);
        }
        AccessVariable site = site(line);
        sites.add(line, site, seed, failed);
        clients.add(line, AccessVariable.REMOTE_ADDR, seed, failed);
        countUri(line, failed);
        if (failed) {
            countFailure(line, outcome, millis);
        } else if (outcome.hidesFailures()) {
            slots.count(millis, Counter.HIDDEN);
        }
    }

    private void countFailure(AccessLine line, Outcome outcome, long millis) {
        slots.count(millis, Counter.FAILURES);
        outcome.maker.ifPresent(
                maker ->
                        slots.count(
                                millis, maker == Maker.NGINX ? Counter.NGINX : Counter.UPSTREAM));
        keep(line, outcome, millis);
    }

    /** Keeps what puts a request together with its entries of the error log. */
    void keep(AccessLine line, Outcome outcome, long millis) {
        long key = millis == AccessLine.NO_TIME ? RequestKey.NONE : RequestKey.of(line, seed);
        if (key != RequestKey.NONE) {
            int offset =
                    line.offset().map(ZoneOffset::getTotalSeconds).orElse(FailedRows.NO_OFFSET);
            rows.add(key, millis, offset, window(line), outcome);
        }
    }

    private static int window(AccessLine line) {
        double seconds = line.number(AccessVariable.REQUEST_TIME).orElse((double) UNKNOWN_DURATION);
        return (int) Math.min(Math.ceil(seconds), 86_400);
    }

    private void countUri(AccessLine line, boolean failed) {
        AccessVariable variable = line.askedBy();
        int start = line.start(variable);
        fold.length = 0;
        if (start < 0) {
            return;
        }
        byte[] buffer = line.buffer();
        int end = line.end(variable);
        if (variable == AccessVariable.REQUEST) {
            start = ByteSearch.find(buffer, start, end, (byte) ' ') + 1;
            if (start <= 0) {
                return;
            }
        }
        fold.fold(buffer, start, end);
        uris.add(
                ByteSearch.hash(fold.folded, 0, fold.length, seed),
                fold.folded,
                0,
                fold.length,
                failed);
    }

    static AccessVariable site(AccessLine line) {
        if (line.has(AccessVariable.SERVER_NAME)) {
            return AccessVariable.SERVER_NAME;
        }
        return line.has(AccessVariable.HOST) ? AccessVariable.HOST : AccessVariable.HTTP_HOST;
    }

    private Outcome outcome(AccessLine line, int status) {
        long hash = line.hash(AccessVariable.STATUS, seed);
        hash = line.hash(AccessVariable.UPSTREAM_ADDR, hash);
        hash = line.hash(AccessVariable.UPSTREAM_STATUS, hash);
        hash = line.hash(AccessVariable.PROXY_HOST, hash);
        hash = hash * 8 + (status >= 500 ? MakerEvidence.signature(line) : 0);
        Outcome known = outcomes.find(hash);
        if (known != null) {
            return known;
        }
        if (outcomes.isFull()) {
            return byStatusAlone.computeIfAbsent(status, Outcome::ofStatus);
        }
        Outcome fresh = Outcome.of(line, status, latencies);
        outcomes.add(hash, fresh);
        return fresh;
    }

    private void sample(
            AccessLine line, Outcome outcome, int log, int block, int index, int from, int to) {
        Samples.Kind kind =
                outcome.failed()
                        ? outcome.maker
                                .map(
                                        m ->
                                                m == Maker.NGINX
                                                        ? Samples.Kind.MADE_BY_NGINX
                                                        : Samples.Kind.MADE_BY_UPSTREAM)
                                .orElse(Samples.Kind.MADE_BY_UNKNOWN)
                        : Samples.Kind.RETRIED;
        samples.offer(kind, log, block, index, line.buffer(), from, to);
    }
}
