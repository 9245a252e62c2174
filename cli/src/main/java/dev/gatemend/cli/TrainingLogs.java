package dev.gatemend.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Logs of a busy hour for {@link Training}, long enough that the JVM learns which of the reading is
 * hot. The same bytes each time, as the distribution that comes of it should be the same.
 */
final class TrainingLogs {
    private static final int REQUESTS = 60_000;
    private static final int A_SECOND = 17;
    private static final int FAILS = 41;
    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final DateTimeFormatter ACCESS = times("dd/MMM/yyyy:HH:mm:ss +0000");
    private static final DateTimeFormatter ERROR = times("yyyy/MM/dd HH:mm:ss");

    private TrainingLogs() {}

    private static DateTimeFormatter times(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Writes both, some megabytes together. */
    static void write(Path access, Path error) throws IOException {
        try (Writer requests = Files.newBufferedWriter(access);
                Writer errors = Files.newBufferedWriter(error)) {
            for (int i = 0; i < REQUESTS; i++) {
                boolean failed = i % FAILS == 0;
                requests.append(request(i, failed));
                if (failed) {
                    errors.append(failure(i));
                }
            }
        }
    }

    private static String request(int number, boolean failed) {
        return "%s - - [%s] \"GET %s HTTP/1.1\" %d %d \"https://shop.example/\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101\" %s %s 0.0%02d 0.0%02d\n"
                .formatted(
                        client(number),
                        ACCESS.format(at(number)),
                        path(number),
                        failed ? 502 : 200,
                        failed ? 157 : 600 + number % 9_000,
                        peer(number),
                        failed ? "502" : "200",
                        number % 90,
                        number % 97);
    }

    private static String failure(int number) {
        return "%s [error] 12#12: *%d connect() failed (111: Connection refused) while connecting to upstream, client: %s, server: shop.example, request: \"GET %s HTTP/1.1\", upstream: \"http://%s%s\", host: \"shop.example\"\n"
                .formatted(
                        ERROR.format(at(number)),
                        number,
                        client(number),
                        path(number),
                        peer(number),
                        path(number));
    }

    private static Instant at(int number) {
        return BEGIN.plusSeconds(number / A_SECOND);
    }

    private static String client(int number) {
        return "192.0.2." + number % 250;
    }

    private static String path(int number) {
        return "/item/" + number % 5_000 + "/picture?size=" + number % 3;
    }

    private static String peer(int number) {
        return "10.0.0." + (1 + number % 3) + ":8080";
    }
}
