package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that went wrong as one line: when, what the client got, who made it, at which peers, of
 * which site and URI, and why. The event's texts must have been made printable.
 */
final class EventLine {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** {@code connect() failed (111: Connection refused) while ...}: the system's words tell. */
    private static final Pattern CALL =
            Pattern.compile(
                    "(connect|recv|send|readv|writev|sendmsg|SSL_\\w+)\\(\\) (?:to \\S+ )?failed \\((?:\\d+: )?(.*?)\\).*");

    private static final Pattern REST = Pattern.compile(" \\(\\d+: | while ");

    /** Peers, site, URI and reason are not cut below this, as long as others can be. */
    private static final int[] SHORTEST = {21, 10, 14, 20};

    private EventLine() {}

    /**
     * @param zone in which the time is shown
     */
    static String of(TrafficEvent event, ZoneId zone, int columns) {
        String clock = event.at().map(at -> CLOCK.format(at.atZone(zone))).orElse("--:--:--");
        String what = what(event);
        String[] parts = {
            peers(event), event.site().orElse(""), event.uri().orElse(""), why(event)
        };
        String aligned = "%s %-12s ".formatted(clock, what);
        String head =
                aligned.length() + length(parts) <= columns ? aligned : clock + " " + what + " ";
        return TrafficWords.cut(head + joined(parts, columns - head.length()), columns);
    }

    /** Several that are like this one. */
    static String of(long count, boolean mixed, TrafficEvent last, int columns) {
        String alike =
                mixed
                        ? "of several kinds"
                        : "like it: "
                                + what(last)
                                + (peers(last).isEmpty() ? "" : " " + peers(last))
                                + ": "
                                + why(last);
        return TrafficWords.cut(
                "         and %s more %s".formatted(Words.thousands(count), alike), columns);
    }

    /** What makes two of them alike. */
    static Object likeness(TrafficEvent event) {
        return List.of(what(event), peers(event), why(event));
    }

    /** {@code 502 nginx}. */
    private static String what(TrafficEvent event) {
        String status = event.status().isPresent() ? "" + event.status().getAsInt() : "";
        return switch (event.kind()) {
            case FAILED -> status + " " + event.maker().word();
            case RETRIED -> status + " retried";
            case CUT -> "cut upstream";
            case ENTRY -> "log " + event.said().flatMap(Said::level).orElse("");
        };
    }

    /** Those tried; of a retry those that failed. */
    private static String peers(TrafficEvent event) {
        boolean retried = event.kind() == TrafficEvent.Kind.RETRIED;
        return event.attempts().isEmpty()
                ? event.upstream().orElse("")
                : event.attempts().stream()
                        .filter(attempt -> !retried || attempt.status() >= 500)
                        .map(Attempt::peer)
                        .collect(Collectors.joining(", "));
    }

    private static String why(TrafficEvent event) {
        return event.said().map(Said::message).map(EventLine::shortened).orElse(silent(event));
    }

    /** What there is to say without the error log. */
    private static String silent(TrafficEvent event) {
        if (event.kind() == TrafficEvent.Kind.RETRIED) {
            return "after "
                    + event.attempts().stream()
                            .filter(attempt -> attempt.status() >= 500)
                            .map(attempt -> "" + attempt.status())
                            .collect(Collectors.joining(", "));
        }
        return switch (event.maker()) {
            case UPSTREAM -> "its own answer";
            case NGINX -> event.attempts().isEmpty() ? "no upstream asked" : "no header came";
            case UNKNOWN -> "the logs do not tell";
        };
    }

    private static String shortened(String message) {
        Matcher call = CALL.matcher(message);
        if (call.lookingAt()) {
            return call.group(1).equals("connect")
                    ? call.group(2)
                    : call.group(1) + "(): " + call.group(2);
        }
        Matcher rest = REST.matcher(message);
        return rest.find() ? message.substring(0, rest.start()) : message;
    }

    /** {@code PEERS SITE URI: WHY}, the longest cut first. */
    private static String joined(String[] parts, int room) {
        int[] lengths = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            lengths[i] = parts[i].length();
        }
        int total = length(parts);
        Optional<Integer> longest = longest(lengths);
        while (total > room && longest.isPresent()) {
            lengths[longest.get()]--;
            total--;
            longest = longest(lengths);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                line.append(line.isEmpty() ? "" : i == 3 ? ": " : " ");
                line.append(TrafficWords.cut(parts[i], lengths[i]));
            }
        }
        return line.toString();
    }

    /** Of all with what stands between them. */
    private static int length(String[] parts) {
        int length = 1;
        for (int i = 0; i < parts.length; i++) {
            length += parts[i].isEmpty() ? 0 : parts[i].length() + (i < 3 ? 1 : 0);
        }
        return length;
    }

    private static Optional<Integer> longest(int[] lengths) {
        int found = -1;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > SHORTEST[i] && (found < 0 || lengths[i] > lengths[found])) {
                found = i;
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(found);
    }
}
