package dev.gatemend.nginx.log;

import dev.gatemend.model.AccessGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Counts requests with the same outcome at the same place, whatever their status. Groups are
 * bounded; behind the bound requests are counted by status alone, so that the totals stay right.
 * Gatemend's own requests are left out. Not thread-safe.
 */
public final class AccessLogGrouper {
    /** Sites times locations times peers of a big host; more are told apart by status alone. */
    static final int MOST_GROUPS = 2_000;

    /** Longer lists of attempts are cut in the key, as nothing is read off their end. */
    private static final int LONGEST_LIST = 300;

    private static final int LONGEST_SAMPLE = 2_048;

    /** Different lines remembered by their hash; starts anew when full. */
    private static final int MOST_REMEMBERED = 16_384;

    private final int nginx;
    private final String log;
    private final PlaceMemo place;
    private final Map<Key, Group> groups = new LinkedHashMap<>();
    private final Map<Long, Group> byHash = new HashMap<>();
    private final long seed = System.nanoTime();
    private long requests;
    private long own;
    private long withoutStatus;

    /**
     * @param question whose window and limits are not looked at: every line given is counted
     */
    public AccessLogGrouper(LogQuestion question) {
        this.nginx = question.nginx();
        this.log = question.log();
        this.place = new PlaceMemo(question.place());
    }

    private record Key(
            int status,
            Optional<String> site,
            Optional<String> location,
            Optional<String> addresses,
            Optional<String> statuses,
            Optional<Boolean> headerReceived) {}

    private static final class Group {
        private final String sample;
        private final long position;
        private long count;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Group(String sample, long position) {
            this.sample = sample;
            this.position = position;
        }

        void count(long millis) {
            count++;
            if (millis != AccessTime.NONE) {
                first = Math.min(first, millis);
                last = Math.max(last, millis);
            }
        }
    }

    /** Takes one line, with the number handed to the function given to {@link #groups}. */
    public void add(AccessLine line, long position) {
        if (line.isOwn()) {
            own++;
            return;
        }
        if (line.status().isEmpty()) {
            withoutStatus++;
            return;
        }
        requests++;
        long hash = hash(line);
        Group group = byHash.get(hash);
        if (group == null) {
            group = group(line, position);
            if (byHash.size() >= MOST_REMEMBERED) {
                byHash.clear();
            }
            byHash.put(hash, group);
        }
        group.count(line.millis());
    }

    /** Requests counted in the groups. */
    public long requests() {
        return requests;
    }

    /** Requests of Gatemend itself, in no group. */
    public long own() {
        return own;
    }

    /** Lines whose status is no number, in no group. */
    public long withoutStatus() {
        return withoutStatus;
    }

    /**
     * The groups so far, the biggest first.
     *
     * @param where names a position, {@code /var/log/nginx/access.log:17}
     */
    public List<AccessGroup> groups(LongFunction<String> where) {
        List<AccessGroup> all = new ArrayList<>();
        groups.forEach(
                (key, group) ->
                        all.add(
                                new AccessGroup(
                                        nginx,
                                        log,
                                        key.site(),
                                        key.location(),
                                        key.status(),
                                        key.addresses(),
                                        key.statuses(),
                                        key.headerReceived(),
                                        group.count,
                                        instant(group.first, Long.MAX_VALUE),
                                        instant(group.last, Long.MIN_VALUE),
                                        group.sample,
                                        where.apply(group.position))));
        all.sort(Comparator.comparingLong(AccessGroup::count).reversed());
        return all;
    }

    private static Optional<Instant> instant(long millis, long none) {
        return millis == none ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Of all that {@link #key} looks at. */
    private long hash(AccessLine line) {
        long hash = line.hash(AccessVariable.STATUS, seed);
        hash = line.hash(AccessVariable.UPSTREAM_ADDR, hash);
        hash = line.hash(AccessVariable.UPSTREAM_STATUS, hash);
        hash = line.hash(AccessVariable.SERVER_NAME, hash);
        hash = line.hash(AccessVariable.HOST, hash);
        hash = line.hash(AccessVariable.HTTP_HOST, hash);
        hash = line.pathHash(hash);
        return hash * 2 + (line.endsWithNumber(AccessVariable.UPSTREAM_HEADER_TIME) ? 1 : 0);
    }

    private Group group(AccessLine line, long position) {
        Key full = key(line);
        boolean fits = groups.containsKey(full) || groups.size() < MOST_GROUPS;
        Key key =
                fits
                        ? full
                        : new Key(
                                full.status(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
        return groups.computeIfAbsent(key, k -> new Group(line.sample(LONGEST_SAMPLE), position));
    }

    private Key key(AccessLine line) {
        Optional<String> server = line.text(AccessVariable.SERVER_NAME);
        Optional<RequestPlace.Place> found = place.of(server, line.host(), line.uri().orElse(""));
        Optional<Boolean> header =
                line.has(AccessVariable.UPSTREAM_HEADER_TIME)
                        ? Optional.of(line.endsWithNumber(AccessVariable.UPSTREAM_HEADER_TIME))
                        : Optional.empty();
        return new Key(
                line.status().orElse(0),
                found.map(RequestPlace.Place::site).or(() -> server),
                found.map(RequestPlace.Place::location).filter(location -> !location.isEmpty()),
                list(line, AccessVariable.UPSTREAM_ADDR),
                list(line, AccessVariable.UPSTREAM_STATUS),
                header);
    }

    private static Optional<String> list(AccessLine line, AccessVariable variable) {
        return line.written(variable)
                .map(text -> text.length() > LONGEST_LIST ? text.substring(0, LONGEST_LIST) : text);
    }
}
