package dev.gatemend.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Access and error logs as nginx writes them, of which is known what happened. The same seed gives
 * the same bytes. Knows nothing of the program, so that the bench runs it by itself: {@code java
 * GeneratedTraffic.java DIRECTORY MB usual|distinct|failing}.
 */
final class GeneratedTraffic {
    /** What the lines are written with; {@link Shape#HEADERLESS} ends before the last field. */
    static final String FORMAT =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
                    + " \"$http_referer\" \"$http_user_agent\" host=$host rt=$request_time"
                    + " ua=\"$upstream_addr\" us=\"$upstream_status\""
                    + " ut=\"$upstream_response_time\"";

    static final String HEADER_TIME = " uht=\"$upstream_header_time\"";

    private static final int REQUESTS_A_SECOND = 2_000;
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final String AGENT =
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private static final DateTimeFormatter ACCESS =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ERROR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final SplittableRandom random = new SplittableRandom(5);
    private final StringBuilder line = new StringBuilder();
    private final Shape shape;
    private final SortedMap<Integer, Long> statuses = new TreeMap<>();
    private final SortedMap<String, SortedMap<Integer, Long>> byPeer = new TreeMap<>();
    private long requests;
    private long second = -1;
    private String accessTime = "";
    private String errorTime = "";
    private long nginx;
    private long upstream;
    private long retried;
    private long cut;

    /** Which logs to write. */
    enum Shape {
        USUAL,
        /** Without the header time, which tells who made a status. */
        HEADERLESS,
        /** Every request has a client and a URI of its own. */
        DISTINCT,
        /** Every request fails, and the error log is the longer one. */
        FAILING
    }

    /** What happened. */
    record Truth(
            long requests,
            SortedMap<Integer, Long> statuses,
            long nginx,
            long upstream,
            SortedMap<String, SortedMap<Integer, Long>> byPeer,
            long retried,
            long cutAfterHeader) {}

    private GeneratedTraffic(Shape shape) {
        this.shape = shape;
    }

    /** Writes both logs, the access log as long as said, or a line longer. */
    static Truth write(Path access, Path error, long bytes, Shape shape) throws IOException {
        GeneratedTraffic traffic = new GeneratedTraffic(shape);
        try (OutputStream accesses = open(access);
                OutputStream errors = open(error)) {
            long written = 0;
            while (written < bytes) {
                written += traffic.request(accesses, errors);
            }
        }
        return new Truth(
                traffic.requests,
                traffic.statuses,
                traffic.nginx,
                traffic.upstream,
                traffic.byPeer,
                traffic.retried,
                traffic.cut);
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Truth truth =
                write(
                        directory.resolve("access.log"),
                        directory.resolve("error.log"),
                        Long.parseLong(arguments[1]) * 1_000_000,
                        Shape.valueOf(arguments[2].toUpperCase(Locale.ROOT)));
        System.out.println(truth);
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }

    /** What can become of a request. */
    private enum Fate {
        SERVED,
        RETRIED,
        REFUSED,
        TIMED_OUT,
        REFUSED_TWICE,
        ANSWERED_502,
        ANSWERED_500,
        LIMITED,
        CUT
    }

    private Fate fate() {
        int lot = random.nextInt(shape == Shape.FAILING ? 11 : 1_000);
        return switch (lot) {
            case 0, 1, 2, 3, 4, 5 -> Fate.REFUSED;
            case 6, 7, 8 -> Fate.TIMED_OUT;
            case 9, 10 -> Fate.REFUSED_TWICE;
            case 11, 12, 13, 14 -> Fate.ANSWERED_502;
            case 15, 16, 17 -> Fate.ANSWERED_500;
            case 18, 19 -> Fate.LIMITED;
            case 20 -> Fate.CUT;
            default -> lot < 30 ? Fate.RETRIED : Fate.SERVED;
        };
    }

    private long request(OutputStream accesses, OutputStream errors) throws IOException {
        long number = requests++;
        tick(number / REQUESTS_A_SECOND);
        String client = client(number);
        String uri = uri(number);
        String first = peer();
        String other = peer();
        String took = "0." + (100 + random.nextInt(900));
        Fate fate = fate();
        complain(errors, fate, client, uri, first, other);
        return switch (fate) {
            case SERVED -> {
                int lot = random.nextInt(20);
                int status = lot == 0 ? 404 : lot < 4 ? 304 : 200;
                yield access(accesses, client, uri, status, first, "" + status, took, took);
            }
            case RETRIED -> {
                retried++;
                String peers = first + ", " + other;
                yield access(
                        accesses,
                        client,
                        uri,
                        200,
                        peers,
                        "502, 200",
                        "0.001, " + took,
                        "-, " + took);
            }
            case REFUSED -> made(accesses, client, uri, 502, first, "502", "0.001");
            case TIMED_OUT -> made(accesses, client, uri, 504, first, "504", "60.001");
            case REFUSED_TWICE ->
                    made(
                            accesses,
                            client,
                            uri,
                            502,
                            first + ", " + other,
                            "502, 502",
                            "0.001, 0.001");
            case ANSWERED_502 -> answered(accesses, client, uri, 502, first, took);
            case ANSWERED_500 -> answered(accesses, client, uri, 500, first, took);
            case LIMITED -> made(accesses, client, uri, 503, "-", "-", "-");
            case CUT -> {
                cut++;
                yield access(accesses, client, uri, 200, first, "200", took, took);
            }
        };
    }

    private long made(
            OutputStream accesses,
            String client,
            String uri,
            int status,
            String peers,
            String tried,
            String took)
            throws IOException {
        nginx++;
        String headers = peers.contains(",") ? "-, -" : "-";
        failed(peers, status);
        return access(accesses, client, uri, status, peers, tried, took, headers);
    }

    private long answered(
            OutputStream accesses, String client, String uri, int status, String peer, String took)
            throws IOException {
        upstream++;
        failed(peer, status);
        return access(accesses, client, uri, status, peer, "" + status, took, took);
    }

    private void failed(String peers, int status) {
        if (!peers.equals("-")) {
            String last = peers.substring(peers.lastIndexOf(' ') + 1);
            byPeer.computeIfAbsent(last, _ -> new TreeMap<>()).merge(status, 1L, Long::sum);
        }
    }

    private long access(
            OutputStream accesses,
            String client,
            String uri,
            int status,
            String peers,
            String tried,
            String took,
            String headers)
            throws IOException {
        statuses.merge(status, 1L, Long::sum);
        line.setLength(0);
        line.append(client)
                .append(" - - [")
                .append(accessTime)
                .append(" +0000] \"GET ")
                .append(uri);
        line.append(" HTTP/1.1\" ").append(status).append(' ').append(random.nextInt(50_000));
        line.append(" \"https://shop.test/\" \"").append(AGENT).append("\" host=shop.test rt=");
        line.append(took.substring(took.lastIndexOf(' ') + 1).replace("-", "0.000"));
        line.append(" ua=\"").append(peers).append("\" us=\"").append(tried);
        line.append("\" ut=\"").append(took).append('"');
        if (shape != Shape.HEADERLESS) {
            line.append(" uht=\"").append(headers).append('"');
        }
        return write(accesses);
    }

    private void complain(
            OutputStream errors, Fate fate, String client, String uri, String first, String other)
            throws IOException {
        String refused = "connect() failed (111: Connection refused) while connecting to upstream";
        switch (fate) {
            case RETRIED, REFUSED -> entry(errors, refused, client, uri, first);
            case REFUSED_TWICE -> {
                entry(errors, refused, client, uri, first);
                entry(errors, refused, client, uri, other);
            }
            case TIMED_OUT ->
                    entry(
                            errors,
                            "upstream timed out (110: Connection timed out) while reading response"
                                    + " header from upstream",
                            client,
                            uri,
                            first);
            case LIMITED ->
                    entry(
                            errors,
                            "limiting requests, excess: 20.500 by zone \"shop\"",
                            client,
                            uri,
                            "");
            case CUT ->
                    entry(
                            errors,
                            "upstream prematurely closed connection while reading upstream",
                            client,
                            uri,
                            first);
            case SERVED, ANSWERED_502, ANSWERED_500 -> {}
        }
    }

    private void entry(OutputStream errors, String message, String client, String uri, String peer)
            throws IOException {
        line.setLength(0);
        line.append(errorTime).append(" [error] 812#812: *").append(requests).append(' ');
        line.append(message).append(", client: ").append(client);
        line.append(", server: shop.test, request: \"GET ").append(uri).append(" HTTP/1.1\"");
        if (!peer.isEmpty()) {
            line.append(", upstream: \"http://").append(peer).append(uri).append('"');
        }
        line.append(", host: \"shop.test\", referrer: \"https://shop.test/\"");
        write(errors);
    }

    private long write(OutputStream log) throws IOException {
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        log.write(bytes);
        return bytes.length;
    }

    private void tick(long now) {
        if (now != second) {
            second = now;
            Instant at = BEGIN.plusSeconds(now);
            accessTime = ACCESS.format(at);
            errorTime = ERROR.format(at);
        }
    }

    private String client(long number) {
        long address = shape == Shape.DISTINCT ? number : random.nextInt(10_000);
        return "10." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private String uri(long number) {
        long id = shape == Shape.DISTINCT ? number : random.nextInt(5_000);
        return switch ((int) (id % 4)) {
            case 0 -> "/api/v1/orders/" + id;
            case 1 -> "/static/" + Long.toString(id * 7_919, 36) + ".js";
            case 2 -> "/products/p" + Long.toString(id, 26) + "/reviews?page=" + id;
            default -> "/cart/" + id + "/checkout";
        };
    }

    private String peer() {
        return "10.1.0." + (1 + random.nextInt(8)) + ":8000";
    }
}
