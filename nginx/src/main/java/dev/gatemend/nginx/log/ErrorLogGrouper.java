package dev.gatemend.nginx.log;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Counts entries that say the same of the same place. Groups are bounded; what comes behind the
 * bound is counted as {@link #overflowed}. Not thread-safe.
 */
public final class ErrorLogGrouper {
    /** A host with more different troubles than this has one big one. */
    static final int MOST_GROUPS = 2_000;

    /**
     * ErrorGroup's promise; and for all groups together, which bounds the memory to some megabytes.
     */
    private static final int MOST_CONNECTIONS = 1_000;

    private static final int MOST_CONNECTIONS_IN_ALL = 100_000;

    /**
     * From here on messages of one id are no longer told apart by what they name: a client that
     * makes nginx ask for a thousand names must not push other troubles out.
     */
    static final int MOST_TOLD_APART = MOST_GROUPS / 2;

    private static final int LONGEST_FOLD = 160;

    private static final Set<String> QUIET = Set.of("notice", "info", "debug");

    /** Notices that tell when nginx was started, reloaded or stopped. */
    private static final List<String> LIFECYCLE =
            List.of(
                    "signal process started",
                    ", reconfiguring",
                    ", exiting",
                    ", reopening logs",
                    "start worker processes",
                    "gracefully shutting down");

    private final int nginx;
    private final String log;
    private final PlaceMemo place;
    private final Set<String> knownSockets;
    private final Map<Key, Group> groups = new LinkedHashMap<>();
    private long dropped;
    private long overflowed;
    private int connections;

    /**
     * @param question whose window and limits are not looked at: every entry given is counted
     */
    public ErrorLogGrouper(LogQuestion question) {
        this.nginx = question.nginx();
        this.log = question.log();
        this.place = new PlaceMemo(question.place());
        this.knownSockets = question.knownSockets();
    }

    private record Key(
            String what,
            int errno,
            Optional<String> phase,
            Optional<String> peer,
            Optional<String> site,
            Optional<String> location) {}

    private static final class Group {
        private final ErrorEntry sample;
        private final long position;
        private final Set<Long> connections = new HashSet<>();
        private long count;
        private Optional<Instant> first = Optional.empty();
        private Optional<Instant> last = Optional.empty();

        Group(ErrorEntry sample, long position) {
            this.sample = sample;
            this.position = position;
        }

        void count(Optional<Instant> at) {
            count++;
            if (at.isPresent()) {
                first = first.filter(known -> known.isBefore(at.get())).or(() -> at);
                last = last.filter(known -> known.isAfter(at.get())).or(() -> at);
            }
        }
    }

    /**
     * Takes one entry.
     *
     * @param position handed to the function given to {@link #groups}
     */
    public void add(ErrorEntry entry, Optional<Instant> at, long position) {
        if (isIdle(entry)) {
            dropped++;
            return;
        }
        Key key = key(entry, groups.size() < MOST_TOLD_APART);
        Group group = groups.get(key);
        if (group == null) {
            if (groups.size() >= MOST_GROUPS) {
                overflowed++;
                return;
            }
            group = new Group(entry, position);
            groups.put(key, group);
        }
        group.count(at);
        if (entry.connection().isPresent()
                && group.connections.size() < MOST_CONNECTIONS
                && connections < MOST_CONNECTIONS_IN_ALL) {
            connections += group.connections.add(entry.connection().getAsLong()) ? 1 : 0;
        }
    }

    /** Entries at notice and below that concern no upstream and no reload. */
    public long dropped() {
        return dropped;
    }

    /** Entries that would have been a group behind the last one allowed. */
    public long overflowed() {
        return overflowed;
    }

    /**
     * The groups so far, the biggest first.
     *
     * @param where names a position, {@code /var/log/nginx/error.log:8812}
     */
    public List<ErrorGroup> groups(LongFunction<String> where) {
        List<ErrorGroup> all = new ArrayList<>();
        groups.forEach(
                (key, group) ->
                        all.add(
                                new ErrorGroup(
                                        nginx,
                                        log,
                                        key.peer(),
                                        key.site(),
                                        key.location(),
                                        group.count,
                                        group.first,
                                        group.last,
                                        group.sample,
                                        where.apply(group.position),
                                        group.connections.size())));
        all.sort(Comparator.comparingLong(ErrorGroup::count).reversed());
        return all;
    }

    private static boolean isIdle(ErrorEntry entry) {
        boolean quiet = entry.level().map(QUIET::contains).orElse(false);
        return quiet
                && !entry.aboutUpstream()
                && entry.id().isEmpty()
                && LIFECYCLE.stream().noneMatch(entry.message()::contains);
    }

    private Key key(ErrorEntry entry, boolean tellApart) {
        Optional<RequestPlace.Place> found =
                entry.server().isEmpty() && entry.request().isEmpty()
                        ? Optional.empty()
                        : place.of(entry.server(), entry.host(), uri(entry));
        return new Key(
                entry.id()
                        .map(id -> tellApart ? id + MessageDetail.of(id, entry.message()) : id)
                        .orElseGet(() -> folded(entry.message())),
                entry.errno().orElse(0),
                entry.phase(),
                entry.upstream()
                        .or(() -> UpstreamText.dialled(entry.message()))
                        .map(upstream -> UpstreamText.peer(upstream, knownSockets)),
                found.map(RequestPlace.Place::site).or(entry::server),
                found.map(RequestPlace.Place::location).filter(location -> !location.isEmpty()));
    }

    /** A subrequest is served by its own location. */
    private static String uri(ErrorEntry entry) {
        if (entry.subrequest().isPresent()) {
            return entry.subrequest().get();
        }
        String request = entry.request().orElse("");
        int first = request.indexOf(' ');
        int last = request.lastIndexOf(" HTTP/");
        return first < 0
                ? ""
                : request.substring(first + 1, last > first ? last : request.length());
    }

    /** The message without what differs between two of a kind: numbers and quoted values. */
    static String folded(String message) {
        StringBuilder folded = new StringBuilder(LONGEST_FOLD);
        boolean quoted = false;
        for (int i = 0; i < message.length() && folded.length() < LONGEST_FOLD; i++) {
            char c = message.charAt(i);
            quoted ^= c == '"';
            boolean digit = Character.isDigit(c);
            boolean repeated =
                    digit && !folded.isEmpty() && folded.charAt(folded.length() - 1) == '#';
            if ((!quoted || c == '"') && !repeated) {
                folded.append(digit ? '#' : c);
            }
        }
        return folded.toString();
    }
}
