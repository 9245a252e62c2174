package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TimeSlots.Counter;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the error log adds to what access lines say themselves. Not thread-safe. */
final class JoinCounts {
    private final AccessTally requests;
    private final ErrorTally errors;

    /** Failures whose line did not tell. */
    final Map<Maker, Long> byMaker = new EnumMap<>(Maker.class);

    /** Ids of the entries that belong to failures. */
    final Map<String, Long> byError = new HashMap<>();

    /** Answers that were cut behind their header. */
    long cut;

    JoinCounts(AccessTally requests, ErrorTally errors) {
        this.requests = requests;
        this.errors = errors;
    }

    /** Of all requests and entries that were kept. */
    static JoinCounts of(AccessTally requests, ErrorTally errors, ZoneId zone) {
        JoinCounts counts = new JoinCounts(requests, errors);
        Join join = new Join(errors, zone);
        requests.rows()
                .forEach(
                        rows ->
                                join.of(
                                        rows,
                                        (row, entries, covered) ->
                                                counts.add(
                                                        rows.outcomes[row],
                                                        rows.millis[row],
                                                        entries,
                                                        covered)));
        counts.cut = join.cutAnswers();
        return counts;
    }

    /**
     * Counts a failed request with its entries.
     *
     * @param covered the error logs reach over its moment
     * @return who made it
     */
    Maker add(Outcome outcome, long millis, EntriesOfRequest entries, boolean covered) {
        if (entries.kind() >= 0) {
            errors.kind(entries.kind()).id().ifPresent(id -> byError.merge(id, 1L, Long::sum));
        }
        if (outcome.maker.isPresent()) {
            return outcome.maker.get();
        }
        Maker maker = JoinedMaker.of(outcome, entries.effect(errors), entries.makes(), covered);
        if (maker != Maker.UNKNOWN) {
            byMaker.merge(maker, 1L, Long::sum);
            requests.slots.count(millis, maker == Maker.NGINX ? Counter.NGINX : Counter.UPSTREAM);
        }
        return maker;
    }
}
