package dev.gatemend.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment in logs as somebody types it: alone, or told from the newest line. */
sealed interface LogMoment {
    /** What can be typed, for help and complaints. */
    String FORMS = "2026-11-21T12:00:00Z, 2026-11-21T12:00, 2026-11-21, 12:00, or 2h";

    Pattern BACK = Pattern.compile("(\\d{1,6})([smhd])");

    /** With its zone. */
    record Exact(Instant at) implements LogMoment {}

    /** In the zone of the logs. */
    record Local(LocalDateTime at) implements LogMoment {}

    /** Of the newest line's day. */
    record Clock(LocalTime at) implements LogMoment {}

    /** So long before the newest line. */
    record Back(Duration length) implements LogMoment {}

    /** Empty when the text is no moment. */
    static Optional<LogMoment> of(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            return Optional.of(new Back(length(back)));
        }
        try {
            return Optional.of(parse(text.replace(' ', 'T')));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LogMoment parse(String text) {
        if (text.indexOf('T') < 0) {
            return text.indexOf(':') > 0
                    ? new Clock(LocalTime.parse(text))
                    : new Local(LocalDate.parse(text).atStartOfDay());
        }
        boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 10;
        return zoned
                ? new Exact(OffsetDateTime.parse(text).toInstant())
                : new Local(LocalDateTime.parse(text));
    }

    private static Duration length(Matcher back) {
        long number = Long.parseLong(back.group(1));
        return switch (back.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Whether the newest line has to be known. */
    default boolean isFromNewest() {
        return switch (this) {
            case Clock _, Back _ -> true;
            case Exact _, Local _ -> false;
        };
    }

    /**
     * The moment from which on lines count.
     *
     * @param newest time of the newest line; used by those that are told from it
     */
    default Instant since(ZoneId zone, Instant newest) {
        Instant at = on(zone, newest);
        return this instanceof Clock && at.isAfter(newest) ? at.minus(Duration.ofDays(1)) : at;
    }

    /** The moment from which on they no longer do: a time of day is the first behind since. */
    default Instant until(ZoneId zone, Instant newest, Optional<Instant> since) {
        if (this instanceof Clock clock && since.isPresent()) {
            LocalDate day = since.get().atZone(zone).toLocalDate();
            Instant at = day.atTime(clock.at()).atZone(zone).toInstant();
            return at.isAfter(since.get())
                    ? at
                    : day.plusDays(1).atTime(clock.at()).atZone(zone).toInstant();
        }
        return on(zone, newest);
    }

    private Instant on(ZoneId zone, Instant newest) {
        return switch (this) {
            case Exact(Instant at) -> at;
            case Local(LocalDateTime at) -> at.atZone(zone).toInstant();
            case Clock(LocalTime at) ->
                    newest.atZone(zone).toLocalDate().atTime(at).atZone(zone).toInstant();
            case Back(Duration length) -> newest.minus(length);
        };
    }
}
