package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Testimony;
import java.time.Duration;
import java.time.Instant;

/** What an application says at the time of the failures, where times are known. */
final class Meanwhile {
    /** From the word of an application server that it ends a worker to the end: a second or two. */
    private static final Duration LEAD = Duration.ofSeconds(5);

    private static final Duration TRAIL = Duration.ofSeconds(2);

    private Meanwhile() {}

    /** A line without a time, or with failures that have none, may be of any. */
    static boolean mayBe(Matter matter, Testimony said) {
        return said.mayBeWithin(
                matter.first().map(at -> at.minus(LEAD)).orElse(Instant.MIN.plus(LEAD)),
                matter.last().map(at -> at.plus(TRAIL)).orElse(Instant.MAX.minus(LEAD)));
    }
}
