package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of error logs that a request may still be seen of. nginx writes them before the line of
 * the access log, with {@code buffer=} and {@code flush=} there long before it. Bounded in time and
 * number; not thread-safe.
 */
final class LiveEntries {
    /** Access logs are flushed more often than this by whoever looks at them. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int MOST = 100_000;

    /** Of one client and URI. */
    private static final int MOST_ALIKE = 1_000;

    private final Map<Long, List<Entry>> byKey = new HashMap<>();
    private final Deque<Entry> inOrder = new ArrayDeque<>();
    private long left;
    private long lastLeft = Long.MIN_VALUE;

    /** One of them. */
    static final class Entry {
        final long key;
        final long second;
        final int kind;
        final Instant arrived;
        private final Said said;
        private boolean taken;
        private boolean shown;
        private boolean told;

        /**
         * @param second local time
         */
        Entry(long key, long second, int kind, Instant arrived, Said said) {
            this.key = key;
            this.second = second;
            this.kind = kind;
            this.arrived = arrived;
            this.said = said;
        }

        Said said() {
            return told ? said.again() : said;
        }

        /** It was told by itself. */
        void tell() {
            told = true;
        }

        /** A request was told with it. */
        void show() {
            shown = true;
        }

        boolean isShown() {
            return shown || taken;
        }
    }

    void add(Entry entry) {
        if (entry.key == RequestKey.NONE) {
            return;
        }
        List<Entry> alike = byKey.computeIfAbsent(entry.key, _ -> new ArrayList<>(1));
        int place = alike.size();
        while (place > 0 && alike.get(place - 1).second > entry.second) {
            place--;
        }
        alike.add(place, entry);
        inOrder.add(entry);
        if (alike.size() > MOST_ALIKE) {
            leave(alike.getFirst());
        }
        if (inOrder.size() > MOST) {
            leave(inOrder.removeFirst());
        }
    }

    /** Takes the last one of the key within the seconds: no other request gets it. */
    Optional<Entry> takeLast(long key, long from, long to) {
        Optional<Entry> found = last(key, from, to);
        found.ifPresent(
                entry -> {
                    entry.taken = true;
                    remove(entry);
                });
        return found;
    }

    /** The last one of the key within the seconds, left where it is. */
    Optional<Entry> last(long key, long from, long to) {
        List<Entry> alike = byKey.getOrDefault(key, List.of());
        for (int i = alike.size() - 1; i >= 0 && alike.get(i).second >= from; i--) {
            if (alike.get(i).second <= to) {
                return Optional.of(alike.get(i));
            }
        }
        return Optional.empty();
    }

    /** How many of the key there are within the seconds. */
    long count(long key, long from, long to) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(entry -> entry.second >= from && entry.second <= to)
                .count();
    }

    /** Forgets what is too old to be asked for. */
    void forget(Instant now) {
        while (!inOrder.isEmpty() && inOrder.getFirst().arrived.plus(WINDOW).isBefore(now)) {
            remove(inOrder.removeFirst());
        }
    }

    /** How many found no room. */
    long left() {
        return left;
    }

    /** Local second of the newest that found no room: up to it silence proves nothing. */
    long lastLeft() {
        return lastLeft;
    }

    private void leave(Entry entry) {
        if (!entry.taken) {
            left++;
            lastLeft = Math.max(lastLeft, entry.second);
            remove(entry);
        }
    }

    private void remove(Entry entry) {
        List<Entry> alike = byKey.getOrDefault(entry.key, List.of());
        if (!alike.isEmpty()) {
            alike.remove(entry);
        }
        if (alike.isEmpty()) {
            byKey.remove(entry.key);
        }
    }
}
