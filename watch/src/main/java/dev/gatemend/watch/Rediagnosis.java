package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When an incident that goes on is looked at again: often at first, then ever more seldom. */
final class Rediagnosis {
    private static final List<Duration> FIRST =
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2));
    private static final Duration THEN = Duration.ofMinutes(10);

    private Rediagnosis() {}

    /**
     * @param since it was opened or came back
     * @param looks how many there were since
     */
    static Instant due(Instant since, int looks) {
        return looks < FIRST.size()
                ? since.plus(FIRST.get(looks))
                : since.plus(THEN.multipliedBy(looks - FIRST.size() + 1L));
    }
}
