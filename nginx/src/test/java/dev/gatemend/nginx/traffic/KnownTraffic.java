package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/** An access log and the error log beside it, made by chance from a seed, whose truth is known. */
final class KnownTraffic {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.ofHours(2));
    private static final DateTimeFormatter ERROR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.ofHours(2));
    private static final List<String> PEERS =
            List.of("10.0.0.1:8000", "10.0.0.2:8000", "unix:/run/app.sock");

    /** Where to stop the upstream fields: without them only the error log tells the maker. */
    enum Fields {
        COMBINED,
        UPSTREAM
    }

    final StringBuilder access = new StringBuilder();
    final StringBuilder errors = new StringBuilder();
    final TreeMap<Integer, Long> statuses = new TreeMap<>();
    final TreeMap<String, Long> failedByPeer = new TreeMap<>();
    long nginx;
    long upstream;
    long retried;
    long cut;
    private final Random random;
    private final Fields fields;
    private long millis = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();
    private int connection;

    KnownTraffic(long seed, Fields fields) {
        this.random = new Random(seed);
        this.fields = fields;
    }

    KnownTraffic requests(int count) {
        for (int i = 0; i < count; i++) {
            request(random.nextInt(1_000));
        }
        return this;
    }

    private void request(int chance) {
        connection++;
        millis += random.nextInt(40);
        String client = "192.0.2." + random.nextInt(200);
        String uri = "/orders/" + connection + (random.nextBoolean() ? "?page=2" : "");
        String peer = PEERS.get(random.nextInt(PEERS.size()));
        String time = String.format(Locale.ROOT, "%.3f", random.nextInt(800) / 1_000.0);
        if (chance < 40) {
            error(
                    "connect() failed (111: Connection refused) while connecting to upstream",
                    client,
                    uri,
                    peer);
            nginx++;
            failed(peer);
            line(client, uri, 502, peer, "502", "-", time);
        } else if (chance < 70) {
            upstream++;
            failed(peer);
            line(client, uri, 502, peer, "502", time, time);
        } else if (chance < 100) {
            error(
                    "upstream timed out (110: Connection timed out) while reading response header from upstream",
                    client,
                    uri,
                    peer);
            retried++;
            line(
                    client,
                    uri,
                    200,
                    peer + ", 10.0.0.9:80",
                    "504, 200",
                    "-, " + time,
                    "1.000, " + time);
        } else if (chance < 120) {
            error(
                    "upstream prematurely closed connection while reading upstream",
                    client,
                    uri,
                    peer);
            cut++;
            line(client, uri, 200, peer, "200", time, time);
        } else {
            line(client, uri, chance < 200 ? 404 : 200, peer, "200", time, time);
        }
    }

    private void failed(String peer) {
        if (fields == Fields.UPSTREAM) {
            failedByPeer.merge(peer, 1L, Long::sum);
        }
    }

    private void line(
            String client,
            String uri,
            int status,
            String addresses,
            String tried,
            String header,
            String time) {
        statuses.merge(status, 1L, Long::sum);
        access.append(client).append(" - - [").append(LOCAL.format(Instant.ofEpochMilli(millis)));
        access.append("] \"GET ").append(uri).append(" HTTP/1.1\" ").append(status);
        access.append(" 157 \"-\" \"curl/8.1\"");
        if (fields == Fields.UPSTREAM) {
            access.append(" rt=").append(time.substring(time.lastIndexOf(' ') + 1));
            access.append(" up=\"").append(addresses).append("\" us=\"").append(tried);
            access.append("\" uht=\"").append(header).append("\" urt=\"").append(time).append('"');
        }
        access.append('\n');
    }

    private void error(String message, String client, String uri, String peer) {
        errors.append(ERROR.format(Instant.ofEpochMilli(millis)));
        errors.append(" [error] 7#7: *").append(connection).append(' ').append(message);
        errors.append(", client: ")
                .append(client)
                .append(", server: shop.example, request: \"GET ");
        errors.append(uri).append(" HTTP/1.1\", upstream: \"http://").append(peer);
        errors.append(peer.startsWith("unix") ? ":" : "")
                .append(uri)
                .append("\", host: \"shop.example\"\n");
    }

    /** The same as the report names it. */
    static long lines(TrafficReport report, Kind kind) {
        return report.files().stream()
                .filter(f -> f.kind() == kind)
                .mapToLong(f -> f.lines())
                .sum();
    }
}
