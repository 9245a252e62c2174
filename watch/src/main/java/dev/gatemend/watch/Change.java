package dev.gatemend.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What detection found out. */
public sealed interface Change {
    /** Where. */
    Place place();

    /**
     * Something is really wrong, or worse than before.
     *
     * @param first failure of it
     * @param why a sentence
     * @param site one of those that fail
     * @param peer that failed last
     * @param lines of logs that show it, a few
     */
    record Alarm(
            Place place,
            Trouble trouble,
            Severity severity,
            Instant first,
            String why,
            Optional<String> site,
            Optional<String> peer,
            List<String> lines)
            implements Change {
        public Alarm {
            lines = List.copyOf(lines);
        }

        /** The same in words that may be kept. */
        Alarm inWords(UnaryOperator<String> safe) {
            return new Alarm(
                    place,
                    trouble,
                    severity,
                    first,
                    safe.apply(why),
                    site,
                    peer,
                    lines.stream().map(safe).toList());
        }
    }

    /**
     * It is well again.
     *
     * @param why a sentence
     */
    record AllClear(Place place, String why) implements Change {}
}
