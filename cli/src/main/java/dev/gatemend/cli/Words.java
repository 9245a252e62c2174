package dev.gatemend.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers, times and lines of text as a person reads them. */
final class Words {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_CLOCK =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);

    private Words() {}

    static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 site}, {@code 2 sites}. */
    static String count(long number, String singular) {
        return thousands(number) + " " + singular + (number == 1 ? "" : "s");
    }

    /** Whole percent; certainty is never claimed. */
    static String percent(double probability) {
        if (probability > 0.99) {
            return ">99 %";
        }
        long rounded = Math.round(probability * 100);
        return rounded == 0 ? "<1 %" : rounded + " %";
    }

    /** The time of day, with the day where it is another than {@code now}'s. */
    static String clock(Instant at, ZoneId zone, Instant now) {
        ZonedDateTime then = at.atZone(zone);
        boolean today = then.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? CLOCK : DAY_AND_CLOCK).format(then);
    }

    /** {@code 15 min}, {@code 2 h}, {@code 90 s}. */
    static String length(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /**
     * Breaks text at blanks into lines of at most {@code width} characters. A longer word (a path)
     * stays whole: it has to be copied.
     */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
