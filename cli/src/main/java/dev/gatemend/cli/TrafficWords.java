package dev.gatemend.cli;

import dev.gatemend.nginx.log.KnownMessage;
import dev.gatemend.nginx.log.MessageCatalogue;
import dev.gatemend.nginx.traffic.Maker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers of a report on traffic as a person reads them, the same in text and on the page. */
final class TrafficWords {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private TrafficWords() {}

    /** Two digits that count; {@code 100 %} and {@code 0 %} are never claimed of less or more. */
    static String percent(double share) {
        double percent = share * 100;
        if (percent <= 0 || percent >= 100) {
            return percent <= 0 ? "0 %" : "100 %";
        }
        if (percent > 99) {
            return ">99 %";
        }
        int decimals = percent >= 10 ? 0 : percent >= 1 ? 1 : percent >= 0.1 ? 2 : 3;
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", percent);
        return digits.equals("0.000") ? "<0.001 %" : digits + " %";
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "" : percent((double) part / whole);
    }

    /** A response time: {@code 12 ms}, {@code 1.24 s}, {@code 60 s}. */
    static String seconds(double seconds) {
        if (seconds < 0.9995) {
            return Math.round(seconds * 1000) + " ms";
        }
        String digits = String.format(Locale.ROOT, seconds < 9.995 ? "%.2f" : "%.0f", seconds);
        return digits.replaceFirst("\\.00$", "") + " s";
    }

    /** {@code 512 bytes}, {@code 1.2 GB}; a kB is a thousand. */
    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return unit == 0
                ? Words.count(bytes, "byte")
                : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }

    /** {@code 502 x390, 504 x8}; an attempt without a status has none. */
    static String statuses(Map<Integer, Long> statuses) {
        return statuses.entrySet().stream()
                .map(
                        e ->
                                (e.getKey() == 0 ? "no status" : e.getKey())
                                        + " x"
                                        + Words.thousands(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** {@code 390 as the 1st attempt, 8 as the 2nd}. */
    static String positions(List<Long> byPosition) {
        List<String> told =
                IntStream.range(0, byPosition.size())
                        .filter(i -> byPosition.get(i) > 0)
                        .mapToObj(i -> Words.thousands(byPosition.get(i)) + " as the " + nth(i + 1))
                        .toList();
        return told.isEmpty() ? "" : String.join(", ", told) + " attempt";
    }

    private static String nth(int number) {
        return switch (number) {
            case 1 -> "1st";
            case 2 -> "2nd";
            case 3 -> "3rd";
            case 4 -> "4th";
            default -> number + "th or a later";
        };
    }

    /** What nginx says under an id, and what the client gets; empty for an id of no message. */
    static Optional<String> meaning(String id) {
        return MessageCatalogue.instance().find(id).map(TrafficWords::meaning);
    }

    private static String meaning(KnownMessage message) {
        return message.message().replace("%V", "...")
                + message.statusToClient().map(status -> "; the client gets " + status).orElse("");
    }

    /** As a heading of what a maker made. */
    static String maker(Maker maker) {
        return switch (maker) {
            case NGINX -> "made by nginx";
            case UPSTREAM -> "made by an upstream";
            case UNKNOWN -> "the logs do not tell";
        };
    }

    /** So much of a text as there is room for; the cut is shown. */
    static String cut(String text, int room) {
        return text.length() <= room ? text : head(text, Math.max(0, room - 3)) + "...";
    }

    /** The first characters of a text; two that make one are kept together. */
    static String head(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean inPair = length > 1 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, inPair ? length - 1 : length);
    }
}
