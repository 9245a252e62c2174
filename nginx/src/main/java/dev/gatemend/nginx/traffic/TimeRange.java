package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.LogStart;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The stretch of time asked for, for both kinds of times in logs. Immutable. */
final class TimeRange {
    /** What two logs of one host can differ by at their ends without a gap between them. */
    static final long NEAR_SECONDS = 300;

    static final TimeRange EVER = new TimeRange(TrafficFilter.ALL, ZoneOffset.UTC);

    private final long fromMillis;
    private final long untilMillis;
    private final long fromLocal;
    private final long untilLocal;

    TimeRange(TrafficFilter filter, ZoneId zone) {
        fromMillis = filter.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        untilMillis = filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        fromLocal = local(filter.from(), zone, Long.MIN_VALUE);
        untilLocal = local(filter.until(), zone, Long.MAX_VALUE);
    }

    private static long local(Optional<Instant> at, ZoneId zone, long without) {
        return at.map(i -> LocalDateTime.ofInstant(i, zone).toEpochSecond(ZoneOffset.UTC))
                .orElse(without);
    }

    boolean isOpen() {
        return fromMillis == Long.MIN_VALUE && untilMillis == Long.MAX_VALUE;
    }

    /** True for every moment in it; lines without a time are in it only when it is open. */
    boolean holds(long millis) {
        return isOpen()
                || (millis != AccessLine.NO_TIME && millis >= fromMillis && millis < untilMillis);
    }

    /** The same for local seconds as the error log has them. */
    boolean holdsLocal(long second) {
        return isOpen()
                || (second != AccessLine.NO_TIME && second >= fromLocal && second < untilLocal);
    }

    boolean hasBeginning() {
        return fromMillis != Long.MIN_VALUE;
    }

    long fromMillis() {
        return fromMillis;
    }

    /** True when a sorted log has nothing more to say behind this moment. */
    boolean isOverAt(long millis) {
        return untilMillis != Long.MAX_VALUE && millis > untilMillis + LogStart.DISORDER;
    }
}
