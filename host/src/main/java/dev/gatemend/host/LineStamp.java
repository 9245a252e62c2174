package dev.gatemend.host;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time that a line of a log carries near its beginning, in one of the usual forms. */
public final class LineStamp {
    private static final String CLOCK = "(?<clock>\\d{2}:\\d{2}:\\d{2})(?:[.,](?<part>\\d{1,9}))?";
    private static final String OFFSET = "(?: ?(?<offset>Z|[+-]\\d{2}:?\\d{2})(?!\\d))?";
    private static final String MONTH = "(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** {@code 2026-11-21T15:40:21.123Z}, {@code 2026/11/21 15:40:21}. */
    private static final Pattern NUMBERS =
            Pattern.compile(
                    "(?<!\\d)(?<year>\\d{4})[-/](?<month>\\d{2})[-/](?<day>\\d{2})[T ]"
                            + CLOCK
                            + OFFSET);

    /** {@code 21/Nov/2026:15:40:21 +0000}, {@code 21-Nov-2026 15:40:21}. */
    private static final Pattern DAY_FIRST =
            Pattern.compile(
                    "(?<!\\d)(?<day>\\d{2})[-/]"
                            + MONTH
                            + "[-/](?<year>\\d{4})[: ]"
                            + CLOCK
                            + OFFSET);

    /** {@code Sat Nov 21 15:40:21 2026}, as ctime(3). */
    private static final Pattern YEAR_LAST =
            Pattern.compile(MONTH + " (?<day>[ \\d]\\d) " + CLOCK + "(?<offset>) (?<year>\\d{4})");

    /** Docker's json-file log has its time at the end. */
    private static final Pattern CONTAINER =
            Pattern.compile("\"time\":\"(" + NUMBERS.pattern() + ")\"}$");

    /** What stands before it: a level, a worker's name, an address. */
    private static final int NEAR = 96;

    private LineStamp() {}

    /**
     * Its instant.
     *
     * @param zone where the line names none
     */
    public static Optional<Instant> in(String line, ZoneId zone) {
        if (line.startsWith("{\"log\":\"")) {
            Matcher container = CONTAINER.matcher(line);
            return container.find() ? instant(container, zone) : Optional.empty();
        }
        String start = line.substring(0, Math.min(line.length(), NEAR));
        return first(NUMBERS, start, zone)
                .or(() -> first(DAY_FIRST, start, zone))
                .or(() -> first(YEAR_LAST, start, zone));
    }

    private static Optional<Instant> first(Pattern pattern, String text, ZoneId zone) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? instant(matcher, zone) : Optional.empty();
    }

    private static Optional<Instant> instant(Matcher found, ZoneId zone) {
        try {
            LocalDateTime time =
                    LocalDateTime.parse(
                            "%s-%02d-%02dT%s"
                                    .formatted(
                                            found.group("year"),
                                            month(found),
                                            Integer.parseInt(found.group("day").strip()),
                                            found.group("clock")));
            return Optional.of(time.plusNanos(nanos(found)).atZone(zone(found, zone)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(Matcher found) {
        return found.namedGroups().containsKey("month")
                ? Integer.parseInt(found.group("month"))
                : MONTHS.indexOf(found.group("name")) / 3 + 1;
    }

    private static long nanos(Matcher found) {
        String part = found.group("part");
        return part == null ? 0 : Long.parseLong((part + "00000000").substring(0, 9));
    }

    private static ZoneId zone(Matcher found, ZoneId otherwise) {
        String offset = found.group("offset");
        return offset == null || offset.isEmpty() ? otherwise : ZoneOffset.of(offset);
    }
}
