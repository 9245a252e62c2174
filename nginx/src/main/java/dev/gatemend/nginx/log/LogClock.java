package dev.gatemend.nginx.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Turns the error log's local times, read in the order of the file, into instants. In the hour that
 * a zone passes twice, the order decides: time that runs backwards by most of an hour has come to
 * the second pass. Not thread-safe.
 */
final class LogClock {
    /** Workers' lines are this far out of order at most, seconds. */
    private static final long DISORDER = 120;

    private final ZoneRules rules;
    private final long now;
    private long last = Long.MIN_VALUE;
    private long secondPassFrom = Long.MAX_VALUE;
    private boolean passKnown;

    /**
     * @param now no line is later than this; decides for the first line in a doubtful hour
     */
    LogClock(ZoneId zone, Instant now) {
        this.rules = zone.getRules();
        this.now = now.getEpochSecond();
    }

    /** True when the zone passes this local time twice. */
    boolean isDoubtful(LocalDateTime time) {
        return rules.getValidOffsets(time).size() > 1;
    }

    /** Says where in the file the second pass begins; {@link Long#MAX_VALUE} when it does not. */
    void secondPassFrom(long position) {
        secondPassFrom = position;
        passKnown = true;
    }

    /**
     * The later of the possible instants: for bisection, which may begin too early but not too
     * late.
     */
    long latestMillis(LocalDateTime time) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        ZoneOffset offset = offsets.isEmpty() ? rules.getOffset(time) : offsets.getLast();
        return time.toEpochSecond(offset) * 1000;
    }

    /** The instant of a line at a position of the file. */
    Instant instant(LocalDateTime time, long position) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        long second =
                time.toEpochSecond(offsets.isEmpty() ? rules.getOffset(time) : offsets.getFirst());
        if (offsets.size() > 1
                && isSecondPass(second, time.toEpochSecond(offsets.getLast()), position)) {
            second = time.toEpochSecond(offsets.getLast());
        }
        last = second;
        return Instant.ofEpochSecond(second);
    }

    private boolean isSecondPass(long first, long second, long position) {
        if (passKnown) {
            return position >= secondPassFrom;
        }
        return last == Long.MIN_VALUE ? second <= now + DISORDER : first < last - DISORDER;
    }
}
