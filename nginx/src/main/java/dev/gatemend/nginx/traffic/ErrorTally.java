package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.ErrorEffect;
import dev.gatemend.nginx.log.ErrorLine;
import dev.gatemend.nginx.log.ErrorLine.Field;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts entries of error logs, and keeps what puts them together with requests. Not thread-safe.
 */
final class ErrorTally {
    /** What entries say is remembered by the hash of it; starts anew when full. */
    private static final int MOST_REMEMBERED = 4_096;

    /** Ids there are at most, and one for those without. */
    private static final int MOST_KINDS = 1_000;

    private static final Set<String> SEVERE = Set.of("crit", "alert", "emerg");

    /** What one kind of entry means. */
    record Kind(Optional<String> id, ErrorEffect effect) {}

    private final long seed;
    private final TimeRange range;
    private final Map<Kind, Integer> numbers = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Long, Integer> byHash = new HashMap<>();
    private long[] counts = new long[16];
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long entries;

    /**
     * An entry at error or below was there: a log that takes only worse ones is silent about 502s.
     */
    private boolean takesErrors;

    final ErrorRows rows = new ErrorRows();

    ErrorTally(long seed, TimeRange range) {
        this.seed = seed;
        this.range = range;
    }

    /** Takes an entry whose parts lie open; returns what it says, NONE outside the asked time. */
    ErrorEffect add(ErrorLine line, byte[] buffer, int from, int to) {
        if (!range.holdsLocal(line.localSecond())) {
            return ErrorEffect.NONE;
        }
        long hash = line.kindHash(seed);
        Integer known = byHash.get(hash);
        if (known == null) {
            String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
            known = number(ErrorLogGrammar.parse(text));
            if (byHash.size() >= MOST_REMEMBERED) {
                byHash.clear();
            }
            byHash.put(hash, known);
        }
        long key =
                RequestKey.of(
                        buffer,
                        line.start(Field.CLIENT),
                        line.end(Field.CLIENT),
                        line.start(Field.REQUEST),
                        line.end(Field.REQUEST),
                        seed);
        count(known, line.localSecond(), key);
        return kinds.get(known).effect();
    }

    /** Takes an entry that the grammar read; returns the same. */
    ErrorEffect add(ErrorEntry entry) {
        long second =
                entry.time().map(t -> t.toEpochSecond(ZoneOffset.UTC)).orElse(AccessLine.NO_TIME);
        if (!range.holdsLocal(second)) {
            return ErrorEffect.NONE;
        }
        int number = number(Optional.of(entry));
        count(number, second, key(entry));
        return kinds.get(number).effect();
    }

    /** Learns what an entry says without counting it; returns the number of its kind. */
    int know(ErrorEntry entry) {
        return number(Optional.of(entry));
    }

    /** An entry at error or below was there. */
    boolean takesErrors() {
        return takesErrors;
    }

    /** Adds all of another tally of the same process. */
    void add(ErrorTally other) {
        int[] mine = new int[other.kinds.size()];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = number(other.kinds.get(i));
            counts[mine[i]] += other.counts[i];
        }
        entries += other.entries;
        takesErrors |= other.takesErrors;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        rows.add(other.rows, mine);
    }

    long entries() {
        return entries;
    }

    Kind kind(int number) {
        return kinds.get(number);
    }

    /** How often each kind was there, by its number. */
    long count(int number) {
        return counts[number];
    }

    int kinds() {
        return kinds.size();
    }

    /** True when the logs reach over that moment, with a little to spare at both ends. */
    boolean covers(long localSecond) {
        return takesErrors
                && first != Long.MAX_VALUE
                && localSecond >= first - TimeRange.NEAR_SECONDS
                && localSecond <= last + TimeRange.NEAR_SECONDS;
    }

    private void count(int number, long second, long key) {
        entries++;
        counts[number]++;
        if (second == AccessLine.NO_TIME) {
            return;
        }
        first = Math.min(first, second);
        last = Math.max(last, second);
        if (key != RequestKey.NONE && kinds.get(number).effect() != ErrorEffect.NONE) {
            rows.add(key, second, number);
        }
    }

    private int number(Optional<ErrorEntry> entry) {
        takesErrors |=
                entry.flatMap(ErrorEntry::level).filter(l -> !SEVERE.contains(l)).isPresent();
        return number(
                new Kind(
                        entry.flatMap(ErrorEntry::id),
                        entry.map(ErrorEffect::of).orElse(ErrorEffect.NONE)));
    }

    private int number(Kind kind) {
        Integer known = numbers.get(kind);
        if (known != null) {
            return known;
        }
        if (kinds.size() >= MOST_KINDS) {
            return 0;
        }
        kinds.add(kind);
        numbers.put(kind, kinds.size() - 1);
        if (kinds.size() > counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        return kinds.size() - 1;
    }

    /** What the entry and its request have in common. */
    long key(ErrorEntry entry) {
        if (entry.client().isEmpty() || entry.request().isEmpty()) {
            return RequestKey.NONE;
        }
        byte[] client = entry.client().get().getBytes(StandardCharsets.UTF_8);
        byte[] request = entry.request().get().getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[client.length + request.length];
        System.arraycopy(client, 0, both, 0, client.length);
        System.arraycopy(request, 0, both, client.length, request.length);
        return RequestKey.of(both, 0, client.length, client.length, both.length, seed);
    }
}
