package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ErrorEffect;
import dev.gatemend.nginx.traffic.LiveEntries.Entry;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts requests and entries together while both still come. A request waits for entries that may
 * not have been read yet; an entry waits for its request before it is told alone. Not thread-safe.
 */
final class LiveJoin implements AccessTally.Watcher {
    /**
     * nginx writes an entry before its request, so that it is there when the request is read;
     * unless its log was renamed just now, and the old file is still watched.
     */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** More requests than this are not kept waiting. */
    private static final int MOST_WAITING = 20_000;

    private final LiveZone zone;
    private final AccessTally requests;
    private final ErrorTally errors;
    private final JoinCounts counts;
    private final LiveEvents events;
    private final List<String> names;
    private final Consumer<TrafficEvent> sink;
    private final Optional<Consumer<AnsweredRequest>> answers;
    private final LiveEntries entries = new LiveEntries();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Untold> untold = new ArrayDeque<>();
    private Instant now = Instant.MIN;

    /** A request that may still get an entry. */
    private record Waiting(
            TrafficEvent event,
            Outcome outcome,
            long key,
            long millis,
            long second,
            int window,
            Instant arrived) {
        long from() {
            return second - window - EntriesOfRequest.SLACK_SECONDS;
        }

        long to() {
            return second + EntriesOfRequest.SLACK_SECONDS;
        }
    }

    /** An entry that is told alone unless a request comes. */
    private record Untold(Entry entry, Optional<LocalDateTime> time, TrafficEvent event) {}

    /** What is known of the logs as a whole. */
    interface Coverage {
        /** Entries may come. */
        boolean expectsEntries();

        /** Requests may come. */
        boolean expectsRequests();

        /** Silence of the error logs means something at that local second. */
        boolean covers(long localSecond);
    }

    LiveJoin(
            TrafficFilter filter,
            LiveZone zone,
            AccessTally requests,
            ErrorTally errors,
            JoinCounts counts,
            List<String> names,
            Consumer<TrafficEvent> sink,
            Optional<Consumer<AnsweredRequest>> answers) {
        this.zone = zone;
        this.answers = answers;
        this.requests = requests;
        this.errors = errors;
        this.counts = counts;
        this.names = names;
        this.sink = sink;
        this.events = new LiveEvents(filter);
    }

    /** What is read from here on arrives at this moment. */
    void at(Instant moment) {
        now = moment;
    }

    @Override
    public void request(AccessLine line, Outcome outcome, int log) {
        if (!outcome.failed()) {
            requests.keep(line, outcome, line.millis());
        }
        FailedRows rows = requests.rows().getFirst();
        boolean kept = rows.size > 0;
        waiting.add(
                new Waiting(
                        events.of(line, outcome, names.get(log)),
                        outcome,
                        kept ? rows.keys[0] : RequestKey.NONE,
                        line.millis(),
                        kept ? rows.localSecond(0, zone.get()) : 0,
                        kept ? rows.windows[0] : 0,
                        now));
        rows.clear();
    }

    @Override
    public boolean wantsAnswers() {
        return answers.isPresent();
    }

    @Override
    public void answered(AccessLine line, Outcome outcome, String path, int log) {
        answers.ifPresent(
                sink ->
                        sink.accept(
                                new AnsweredRequest(
                                        outcome.status,
                                        outcome.lastPeer(),
                                        line.text(AccessTally.site(line)),
                                        line.text(AccessVariable.REMOTE_ADDR),
                                        path,
                                        names.get(log))));
    }

    /** Counts an entry and keeps it for its request. */
    void entry(ErrorEntry entry, int log) {
        long before = errors.entries();
        ErrorEffect effect = errors.add(entry);
        if (errors.entries() == before) {
            return;
        }
        ErrorRows rows = errors.rows;
        boolean joinable = rows.size > 0;
        Entry kept =
                new Entry(
                        joinable ? rows.keys[0] : RequestKey.NONE,
                        joinable ? rows.localSeconds[0] : 0,
                        joinable ? rows.kinds[0] : 0,
                        now,
                        LiveEvents.said(entry));
        rows.clear();
        entries.add(kept);
        if (joinable && effect == ErrorEffect.CUTS_ANSWER) {
            counts.cut++;
        }
        if (events.isWorthALine(entry, effect)) {
            untold.add(new Untold(kept, entry.time(), events.of(entry, effect, names.get(log))));
        }
    }

    /** Takes an entry that was there before anybody looked: only for requests that come late. */
    void known(ErrorEntry entry) {
        int kind = errors.know(entry);
        long key = errors.key(entry);
        if (errors.kind(kind).effect() != ErrorEffect.NONE && entry.time().isPresent()) {
            long second = entry.time().get().toEpochSecond(ZoneOffset.UTC);
            entries.add(new Entry(key, second, kind, now, LiveEvents.said(entry)));
        }
    }

    /**
     * Tells what has had its time.
     *
     * @param last nothing more will be read
     */
    void settle(Coverage coverage, boolean last) {
        int again = waiting.size();
        for (int i = 0; i < again; i++) {
            Waiting one = waiting.removeFirst();
            if (last || isReady(one, coverage) || waiting.size() >= MOST_WAITING) {
                settle(one, coverage);
            } else {
                waiting.add(one);
            }
        }
        while (!untold.isEmpty() && (last || isReady(untold.getFirst(), coverage))) {
            Untold one = untold.removeFirst();
            if (!one.entry().isShown()) {
                sink.accept(
                        one.event()
                                .writtenAt(
                                        one.time()
                                                .map(time -> time.atZone(zone.get()).toInstant())));
                one.entry().tell();
            }
        }
        entries.forget(now);
    }

    /** How many entries found no room. */
    long left() {
        return entries.left();
    }

    private boolean isReady(Waiting one, Coverage coverage) {
        int wanted = Math.max(1, one.outcome().failedAttempts);
        return !coverage.expectsEntries()
                || one.key() == RequestKey.NONE
                || one.outcome().maker.filter(m -> m == Maker.UPSTREAM).isPresent()
                || !one.arrived().plus(PATIENCE).isAfter(now)
                || entries.count(one.key(), one.from(), one.to()) >= wanted;
    }

    private boolean isReady(Untold one, Coverage coverage) {
        return !coverage.expectsRequests()
                || !one.entry().arrived.plus(PATIENCE).isAfter(now)
                || untold.size() > MOST_WAITING;
    }

    private void settle(Waiting one, Coverage coverage) {
        if (one.outcome().failed()) {
            settleFailure(one, coverage);
            return;
        }
        // its entries stay free: only failures are counted with theirs
        Optional<Entry> entry = entries.last(one.key(), one.from(), one.to());
        entry.ifPresent(Entry::show);
        sink.accept(one.event().madeBy(Maker.UNKNOWN, entry.map(Entry::said)));
    }

    private void settleFailure(Waiting one, Coverage coverage) {
        List<Entry> taken = new ArrayList<>();
        EntriesOfRequest.Free free =
                (from, to) -> {
                    Optional<Entry> entry = entries.takeLast(one.key(), from, to);
                    entry.ifPresent(taken::add);
                    return entry.map(e -> e.kind).orElse(-1);
                };
        EntriesOfRequest found =
                EntriesOfRequest.take(
                        free, errors, one.second(), one.window(), one.outcome().failedAttempts);
        counts.cut -= taken.stream().filter(this::isCut).count();
        boolean covered =
                one.key() != RequestKey.NONE
                        && one.second() > entries.lastLeft()
                        && coverage.covers(one.second());
        Maker maker = counts.add(one.outcome(), one.millis(), found, covered);
        Optional<Said> said = taken.stream().findFirst().map(Entry::said);
        sink.accept(one.event().madeBy(maker, said));
    }

    private boolean isCut(Entry entry) {
        return errors.kind(entry.kind).effect() == ErrorEffect.CUTS_ANSWER;
    }
}
