package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Times of logs as a person reads them: the day is told once when all lies in it, and with every
 * time when not.
 */
final class TrafficClock {
    private static final DateTimeFormatter CLOCK = formatter("HH:mm:ss");
    private static final DateTimeFormatter DAY = formatter("d MMM uuuu");
    private static final DateTimeFormatter DAY_AND_CLOCK = formatter("d MMM HH:mm:ss");

    private final ZoneId zone;
    private final Optional<Instant> first;
    private final Optional<Instant> last;
    private final boolean oneDay;

    TrafficClock(TrafficReport report, ZoneId zone) {
        this.zone = zone;
        this.first = report.totals().first();
        this.last = report.totals().last();
        this.oneDay = first.flatMap(f -> last.map(l -> day(f).equals(day(l)))).orElse(false);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    /** One moment. */
    String at(Instant at) {
        ZonedDateTime then = at.atZone(zone);
        return (oneDay && day(at).equals(first.map(this::day).orElse("")) ? CLOCK : DAY_AND_CLOCK)
                .format(then);
    }

    /** {@code 12:01:00 to 12:07:10}; one moment alone when both are shown alike. */
    String stretch(Instant from, Instant until) {
        return at(from).equals(at(until)) ? at(from) : at(from) + " to " + at(until);
    }

    /** What the access logs cover, with day and zone; empty when no request has a time. */
    Optional<String> all() {
        return first.flatMap(f -> last.map(l -> all(f, l)));
    }

    private String all(Instant from, Instant until) {
        String day = oneDay ? day(from) + ", " : "";
        String year = oneDay ? "" : " " + until.atZone(zone).getYear();
        return day + stretch(from, until) + year + " (" + zone(from) + ")";
    }

    private String zone(Instant at) {
        String offset = zone.getRules().getOffset(at).getId();
        return offset.equals("Z") ? "UTC" : offset;
    }
}
