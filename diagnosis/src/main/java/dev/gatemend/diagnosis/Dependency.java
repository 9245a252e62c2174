package dev.gatemend.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that an application says it cannot reach.
 *
 * @param host as written; empty where only a port is named
 * @param port 0 where only a host is named
 */
public record Dependency(String host, int port) {
    private static final String HOST =
            "(?<host>(?:\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9A-Fa-f:]{2,45}]|[A-Za-z][\\w-]{0,62}(?:\\.[\\w-]{1,63}){0,8})";

    private static final List<Pattern> PLACES =
            List.of(
                    Pattern.compile(
                            "server at \""
                                    + HOST
                                    + "\"(?: \\([^)]{1,60}\\))?, port (?<port>\\d{2,5})"),
                    Pattern.compile("host \"" + HOST + "\".{0,60}port (?<port>\\d{2,5})"),
                    Pattern.compile("(?<![\\w.])" + HOST + ":(?<port>\\d{2,5})(?!\\d|:\\d)"),
                    Pattern.compile("server on '" + HOST + "'(?<port>)"),
                    Pattern.compile("(?:ENOTFOUND|EAI_AGAIN|lookup) " + HOST + "(?<port>)"),
                    Pattern.compile("host name \"" + HOST + "\"(?<port>)"),
                    Pattern.compile("(?<host>)\\bport:? (?<port>\\d{2,5})\\b"));

    /** The one a line of a log names, if it names one. */
    public static Optional<Dependency> in(String line) {
        for (Pattern place : PLACES) {
            Matcher found = place.matcher(line);
            if (found.find()) {
                String port = found.group("port");
                return Optional.of(
                        new Dependency(
                                found.group("host"), port.isEmpty() ? 0 : Integer.parseInt(port)));
            }
        }
        return Optional.empty();
    }

    /** What usually listens there; {@code a service} for ports without a custom. */
    public String kind() {
        return switch (port) {
            case 5432, 6432 -> "PostgreSQL";
            case 3306 -> "MySQL";
            case 6379 -> "Redis";
            case 27017 -> "MongoDB";
            case 5672 -> "RabbitMQ";
            case 9092 -> "Kafka";
            case 9200 -> "Elasticsearch";
            case 11211 -> "memcached";
            case 25, 465, 587 -> "the mail server";
            case 389, 636 -> "LDAP";
            default -> "a service it needs";
        };
    }

    /** {@code 127.0.0.1:5432}. */
    public String address() {
        if (port == 0) {
            return host;
        }
        return host.isEmpty() ? "port " + port : host + ":" + port;
    }

    /** On the application's own host, as far as the name tells. */
    public boolean isLocal() {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    }
}
