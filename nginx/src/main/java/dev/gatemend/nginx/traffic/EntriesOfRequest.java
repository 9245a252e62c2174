package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.ErrorEffect;
import java.util.Optional;

/**
 * What the entries of the error log that belong to one request say together.
 *
 * @param kind of the last entry, -1 when there is none
 * @param makes an entry says that nginx made a status, or gave up an attempt
 */
record EntriesOfRequest(int kind, boolean makes) {
    /** Each worker keeps a time of its own, which is renewed once a round of events. */
    static final int SLACK_SECONDS = 1;

    /** Entries of the request's client and URI that no other request took. */
    @FunctionalInterface
    interface Free {
        /**
         * Takes the last one within these local seconds.
         *
         * @return its kind, -1 when there is none
         */
        int takeLast(long from, long to);
    }

    /**
     * Takes as many as the request had failed attempts, those written while it was under way.
     *
     * @param second local time of its end
     * @param window seconds that it took at most
     */
    static EntriesOfRequest take(
            Free free, ErrorTally errors, long second, int window, int attempts) {
        int kind = -1;
        boolean makes = false;
        for (int i = 0; i < Math.max(1, attempts); i++) {
            int found = free.takeLast(second - window - SLACK_SECONDS, second);
            if (found < 0) {
                found = free.takeLast(second, second + SLACK_SECONDS);
            }
            if (found < 0) {
                break;
            }
            kind = kind < 0 ? found : kind;
            makes |= errors.kind(found).effect() == ErrorEffect.MAKES_STATUS;
        }
        return new EntriesOfRequest(kind, makes);
    }

    /** Effect of the last entry; empty when there is none. */
    Optional<ErrorEffect> effect(ErrorTally errors) {
        return kind < 0 ? Optional.empty() : Optional.of(errors.kind(kind).effect());
    }
}
