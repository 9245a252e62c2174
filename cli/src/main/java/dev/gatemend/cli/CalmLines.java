package dev.gatemend.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a screen readable while much goes wrong: of what is alike the first few are told one by
 * one, the rest as a sum, and the longer it goes on the more seldom. Pure: it is told the time. Not
 * thread-safe.
 *
 * @param <T> what is told
 */
final class CalmLines<T> {
    /** Told one by one of those that are alike, before the first sum and between two. */
    static final int MOST_ALIKE = 3;

    /** Told one by one in a second, of whatever kind. */
    static final int MOST_SINGLE = 10;

    /** Sums told in a second; others wait. */
    static final int MOST_SUMS = 5;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(32);

    /** Beyond this many kinds at a time they are summed up together. */
    private static final int MOST_KINDS = 500;

    private final Map<Object, Kept<T>> kinds = new LinkedHashMap<>();
    private Instant second = Instant.EPOCH;
    private int single;
    private int sums;

    /** Of one kind. */
    private static final class Kept<T> {
        private final boolean mixed;
        private Instant since;
        private Duration pause = SHORTEST;
        private int told;
        private long left;
        private T last;

        Kept(T first, Instant since, boolean mixed) {
            this.last = first;
            this.since = since;
            this.mixed = mixed;
        }
    }

    /**
     * Some that were not told one by one.
     *
     * @param last of them
     * @param mixed they are not alike
     */
    record Sum<T>(long count, T last, boolean mixed) {}

    /** Beyond {@link #MOST_KINDS}. */
    private enum Other {
        KIND
    }

    /** True when it is to be told now; else it is counted for a sum. */
    boolean tell(Object likeness, T one, Instant now) {
        begin(now);
        boolean room = kinds.containsKey(likeness) || kinds.size() < MOST_KINDS;
        Object kind = room ? likeness : Other.KIND;
        Kept<T> kept = kinds.computeIfAbsent(kind, _ -> new Kept<>(one, now, !room));
        kept.last = one;
        if (kept.told < MOST_ALIKE && single < MOST_SINGLE) {
            kept.told++;
            single++;
            return true;
        }
        kept.left++;
        return false;
    }

    /** The sums whose time has come. */
    List<Sum<T>> due(Instant now) {
        begin(now);
        List<Sum<T>> due = new ArrayList<>();
        Iterator<Kept<T>> all = kinds.values().iterator();
        while (all.hasNext() && sums < MOST_SUMS) {
            Kept<T> kept = all.next();
            if (now.isBefore(kept.since.plus(kept.pause))) {
                continue;
            }
            if (kept.left == 0) {
                all.remove();
                continue;
            }
            due.add(new Sum<>(kept.left, kept.last, kept.mixed));
            sums++;
            kept.left = 0;
            kept.told = 0;
            kept.since = now;
            kept.pause = longer(kept.pause);
        }
        return due;
    }

    /** All sums that are left, the largest first; together they are no more than a second's. */
    List<Sum<T>> rest() {
        List<Sum<T>> left =
                kinds.values().stream()
                        .filter(kept -> kept.left > 0)
                        .map(kept -> new Sum<>(kept.left, kept.last, kept.mixed))
                        .sorted((a, b) -> Long.compare(b.count(), a.count()))
                        .toList();
        kinds.clear();
        if (left.size() <= MOST_SUMS) {
            return left;
        }
        List<Sum<T>> told = new ArrayList<>(left.subList(0, MOST_SUMS - 1));
        List<Sum<T>> others = left.subList(MOST_SUMS - 1, left.size());
        long count = others.stream().mapToLong(Sum::count).sum();
        told.add(new Sum<>(count, others.getFirst().last(), true));
        return told;
    }

    private void begin(Instant now) {
        if (!now.isBefore(second.plus(SHORTEST))) {
            second = now;
            single = 0;
            sums = 0;
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
}
