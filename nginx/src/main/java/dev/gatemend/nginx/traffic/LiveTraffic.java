package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.LogBytes;
import dev.gatemend.nginx.log.LogStart;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts logs while they grow: whole lines go in as they come, what goes wrong comes out as events,
 * and at any time all of it is a {@link TrafficReport}. Reads, judges and counts with the same code
 * as {@link TrafficAnalysis}. Knows no clock and no file: it is told the time, and somebody else
 * reads. Memory is bounded however long it runs. Belongs to one thread.
 *
 * <p>A round is: the lines that access logs have got, then those that error logs have got since,
 * then {@link #advance}. In this order an entry is known before its request is judged.
 */
public final class LiveTraffic implements LiveJoin.Coverage {
    private final TimeRange range;
    private final LiveZone zone;
    private final List<AccessLogFormat> formats;
    private final AccessTally requests;
    private final ErrorTally errors;
    private final JoinCounts joins;
    private final LiveJoin join;
    private final List<String> names = new ArrayList<>();
    private final List<LiveLog> logs = new ArrayList<>();
    private final List<Instant> watchedFrom = new ArrayList<>();
    private final Map<Maker, Long> failures = new EnumMap<>(Maker.class);
    private final Consumer<TrafficEvent> sink;
    private final Set<Integer> gaps = new HashSet<>();
    private long hidden;

    /**
     * @param question its filter's first moment, if any, is one in the past: then logs are read
     *     from there on
     * @param zoneKnown the question's zone is that of the logs; else their first lines may tell
     *     another
     * @param seed of the hashes that keys are told apart by; nobody should know it before
     * @param sink is told of what goes wrong, in the order in which it is known for sure
     */
    public LiveTraffic(
            TrafficQuestion question, boolean zoneKnown, long seed, Consumer<TrafficEvent> sink) {
        this(question, zoneKnown, seed, sink, Optional.empty());
    }

    /**
     * As above.
     *
     * @param answers is told of every request that neither failed nor hid a failure
     */
    public LiveTraffic(
            TrafficQuestion question,
            boolean zoneKnown,
            long seed,
            Consumer<TrafficEvent> sink,
            Optional<Consumer<AnsweredRequest>> answers) {
        this.zone = new LiveZone(question.zone(), zoneKnown);
        this.range = new TimeRange(question.filter(), question.zone());
        this.formats = question.formats().stream().map(AccessLogFormat::compile).toList();
        this.requests = new AccessTally(seed, question.filter(), range);
        this.errors = new ErrorTally(seed, range);
        this.joins = new JoinCounts(requests, errors);
        this.sink = sink;
        this.join =
                new LiveJoin(
                        question.filter(),
                        zone,
                        requests,
                        errors,
                        joins,
                        names,
                        this::tell,
                        answers);
        requests.watch(join);
    }

    /** What was counted so far: failures by maker, and those that no user saw as such. */
    public record Glance(long requests, Map<Maker, Long> failures, long hidden) {
        public Glance {
            failures = Map.copyOf(failures);
        }
    }

    /**
     * Adds a log.
     *
     * @param at since when it is watched
     * @return its number
     */
    public int add(String name, Instant at) {
        names.add(name);
        logs.add(new LiveLog(logs.size(), name, formats, requests, join, zone));
        watchedFrom.add(at);
        return logs.size() - 1;
    }

    /** Takes the last lines that stood in a log already: they are not counted. */
    public void before(int log, byte[] buffer, int from, int to, Instant at) {
        join.at(at);
        logs.get(log).before(buffer, from, to, !range.hasBeginning());
    }

    /**
     * Where a log that stood there already is to be read from, if not from its end: empty without a
     * first moment.
     */
    public OptionalLong start(int log, LogBytes bytes) throws IOException {
        if (!range.hasBeginning()) {
            return OptionalLong.empty();
        }
        LiveLog one = logs.get(log);
        return OptionalLong.of(
                one.is(Kind.ACCESS) ? LogStart.of(bytes, one.formats(), range.fromMillis()) : 0);
    }

    /** True when entries of an error log may come in it. */
    public boolean mayHoldEntries(int log) {
        return logs.get(log).mayHoldEntries();
    }

    /** Takes lines that a log has got, all of them whole. */
    public void lines(int log, byte[] buffer, int from, int to, Instant at) {
        join.at(at);
        logs.get(log).take(buffer, from, to);
    }

    /** Says that nothing has come in a log for a while: what stands there is whole. */
    public void rest(int log) {
        logs.get(log).rest();
    }

    /**
     * Says that a log cannot be read just now, and why; or that it can be again. Meanwhile silence
     * of the error log proves nothing.
     */
    public void problem(int log, Optional<String> why, Instant at) {
        LiveLog one = logs.get(log);
        if (why.isEmpty() && !one.isWell()) {
            watchedFrom.set(log, at);
            gaps.add(log);
        }
        one.problem(why);
    }

    /** Tells what has had its time. */
    public void advance(Instant at) {
        join.at(at);
        join.settle(this, false);
    }

    /** Tells all that is still open: nothing more will be read. */
    public void end(Instant at) {
        join.at(at);
        logs.forEach(LiveLog::rest);
        join.settle(this, true);
    }

    /** All that was counted so far. */
    public TrafficReport report() {
        return new ReportBuilder(
                        logs.stream().map(LiveLog::read).toList(),
                        logs.stream().map(LiveLog::counts).toList(),
                        requests,
                        errors,
                        joins)
                .build();
    }

    /** The zone of the error logs, as far as it is known. */
    public ZoneId zone() {
        return zone.get();
    }

    public Glance glance() {
        return new Glance(requests.requests, failures, hidden);
    }

    @Override
    public boolean expectsEntries() {
        return logs.stream().anyMatch(LiveLog::mayHoldEntries);
    }

    @Override
    public boolean expectsRequests() {
        return logs.stream().anyMatch(LiveLog::mayHoldRequests);
    }

    /** From the first moment on at which every error log was watched. */
    @Override
    public boolean covers(long localSecond) {
        boolean any = false;
        for (int i = 0; i < logs.size(); i++) {
            LiveLog log = logs.get(i);
            if (log.mayHoldEntries()) {
                any = true;
                if (!log.isWell() || localSecond < watchedFrom(i)) {
                    return false;
                }
            }
        }
        return any && errors.takesErrors();
    }

    /**
     * The last entries from before are known, too: all of the second in which the watch began, and
     * of those behind the first entry. Behind a gap all is known only from the next second on.
     */
    private long watchedFrom(int log) {
        long since = local(watchedFrom.get(log));
        if (gaps.contains(log)) {
            return since + 1;
        }
        OptionalLong first = logs.get(log).firstSecond();
        return first.isPresent() ? Math.min(first.getAsLong() + 1, since) : since;
    }

    private long local(Instant at) {
        return LocalDateTime.ofInstant(at, zone.get()).toEpochSecond(ZoneOffset.UTC);
    }

    private void tell(TrafficEvent event) {
        switch (event.kind()) {
            case FAILED -> failures.merge(event.maker(), 1L, Long::sum);
            case RETRIED, CUT -> hidden++;
            case ENTRY -> {}
        }
        sink.accept(event);
    }
}
