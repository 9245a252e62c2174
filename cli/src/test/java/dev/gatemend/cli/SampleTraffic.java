package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Change;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.Failures;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Hidden;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import dev.gatemend.nginx.traffic.TrafficReport.Latency;
import dev.gatemend.nginx.traffic.TrafficReport.Measure;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Sample;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import dev.gatemend.nginx.traffic.TrafficReport.Timeline;
import dev.gatemend.nginx.traffic.TrafficReport.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reports on traffic by hand, one for each shape that a renderer has to get right. */
final class SampleTraffic {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final String LINE =
            "203.0.113.9 - - [21/Nov/2026:11:31:07 +0000] \"GET /cart/4711 HTTP/1.1\" 502 157 \"-\" \"curl/8.5.0\""
                    + " 127.0.0.1:8000, 127.0.0.1:8001 502, 502 0.000, 0.001 -, -";

    private SampleTraffic() {}

    static Map<String, TrafficReport> all() {
        return new TreeMap<>(
                Map.of(
                        "logs-outage", outage(),
                        "logs-calm", calm(),
                        "logs-only-hidden", onlyHidden(),
                        "logs-only-errors", onlyErrors(),
                        "logs-torn", torn(),
                        "logs-hostile", hostile(),
                        "logs-foreign", foreign(),
                        "logs-empty", empty()));
    }

    static TrafficReport sample(String name) {
        return Optional.ofNullable(all().get(name)).orElseThrow();
    }

    private static FileRead access(String name, long lines) {
        return new FileRead(
                name,
                Kind.ACCESS,
                lines * 250,
                lines,
                0,
                0,
                Optional.of("combined"),
                Optional.empty());
    }

    private static Totals totals(long requests, Map<Integer, Long> statuses) {
        return new Totals(
                requests * 250,
                requests,
                0,
                requests,
                new TreeMap<>(statuses),
                Optional.of(START),
                Optional.of(START.plusSeconds(3600)));
    }

    private static Failures none() {
        return new Failures(
                0,
                Map.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static SortedMap<Integer, Long> statuses(int status, long count) {
        return new TreeMap<>(Map.of(status, count));
    }

    /** An hour in which a peer dies after thirty-one minutes, and comes back after ten more. */
    private static Timeline hour() {
        return new Timeline(
                STEP,
                IntStream.range(0, 120)
                        .filter(i -> i != 17)
                        .mapToObj(SampleTraffic::slot)
                        .toList());
    }

    private static Slot slot(int i) {
        long requests = 10_000 + (long) (4000 * Math.sin(i / 9.0));
        boolean down = i >= 62 && i < 82;
        long nginx = down ? 10 + i % 7 * 3L : 0;
        long upstream = down && i % 3 == 0 ? 2 : 0;
        return new Slot(
                START.plus(STEP.multipliedBy(i)),
                requests,
                nginx + upstream,
                nginx,
                upstream,
                down ? 110 + i % 5 : 0);
    }

    private static TrafficReport outage() {
        return new TrafficReport(
                List.of(
                        access("/var/log/nginx/access.log.1", 900_000),
                        access("/var/log/nginx/access.log", 304_331),
                        new FileRead(
                                "/var/log/nginx/error.log",
                                Kind.ERROR,
                                803_000,
                                2708,
                                0,
                                0,
                                Optional.empty(),
                                Optional.empty())),
                totals(
                        1_204_331,
                        Map.of(200, 1_150_000L, 304, 50_000L, 404, 3919L, 502, 398L, 503, 14L)),
                new Failures(
                        412,
                        Map.of(Maker.NGINX, 398L, Maker.UPSTREAM, 14L, Maker.UNKNOWN, 0L),
                        new TreeMap<>(
                                Map.of(
                                        "127.0.0.1:8000", statuses(502, 398),
                                        "unix:/run/legacy/app.sock", statuses(503, 14))),
                        List.of(
                                new Share("shop.example", 1_000_000, 398),
                                new Share("old.example", 204_331, 14)),
                        List.of(
                                new Share("shop_backend", 1_000_000, 398),
                                new Share("legacy", 204_331, 14)),
                        List.of(
                                new Share("GET /cart/N", 88_000, 300),
                                new Share("POST /checkout", 1200, 98),
                                new Share(
                                        "GET /a/very/long/way/to/a/resource/N/that/does/not/fit/on/a/narrow/screen/at/all",
                                        2000,
                                        14)),
                        List.of(
                                new Share("203.0.113.9", 120, 12),
                                new Share("2001:db8::17", 4000, 3)),
                        List.of(new Count("connect-failed-econnrefused", 398))),
                new Hidden(2310, 0),
                List.of(
                        new PeerTraffic(
                                "127.0.0.1:8000",
                                602_000,
                                statuses(502, 2708),
                                2310,
                                List.of(2310L, 398L),
                                Optional.of(new Latency(599_292, 0.0124, 0.2407, 1.2361, 59.9))),
                        new PeerTraffic(
                                "127.0.0.1:8001",
                                400_708,
                                new TreeMap<>(),
                                0,
                                List.of(),
                                Optional.of(new Latency(400_708, 0.0119, 0.221, 1.1, 3.2))),
                        new PeerTraffic(
                                "unix:/run/legacy/app.sock",
                                204_331,
                                statuses(503, 14),
                                0,
                                List.of(14L),
                                Optional.empty())),
                List.of(
                        new Count("connect-failed-econnrefused", 2708),
                        new Count("upstream-prematurely-closed-body-buffered", 3)),
                hour(),
                List.of(
                        new Change(
                                START.plusSeconds(31 * 60),
                                Measure.FAILURES,
                                0,
                                0.0021,
                                "failures rose from 0.0 % to 0.21 % of the requests, mostly made by nginx"),
                        new Change(
                                START.plusSeconds(41 * 60),
                                Measure.FAILURES,
                                0.0021,
                                0,
                                "failures fell from 0.21 % to 0.0 % of the requests")),
                List.of(
                        new Sample("made by nginx", "/var/log/nginx/access.log:17", LINE),
                        new Sample(
                                "made by nginx",
                                "/var/log/nginx/error.log:3",
                                "2026/11/21 11:31:07 [error] 12#12: *3 connect() failed (111: Connection refused) while"
                                        + " connecting to upstream, client: 203.0.113.9, server: shop.example, request: \"GET"
                                        + " /cart/4711 HTTP/1.1\", upstream: \"http://127.0.0.1:8000/cart/4711\", host: \"shop.example\"")),
                List.of("latency: percentiles are at most 1 % off"),
                List.of());
    }

    private static TrafficReport calm() {
        return new TrafficReport(
                List.of(access("access.log", 1_204_331)),
                totals(1_204_331, Map.of(200, 1_204_331L)),
                none(),
                new Hidden(0, 0),
                List.of(),
                List.of(),
                hour(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static TrafficReport onlyHidden() {
        return new TrafficReport(
                List.of(access("access.log", 5000)),
                totals(5000, Map.of(200, 5000L)),
                none(),
                new Hidden(1, 3),
                List.of(
                        new PeerTraffic(
                                "[2001:db8::1]:8080",
                                5000,
                                new TreeMap<>(Map.of(0, 1L, 504, 3L)),
                                1,
                                List.of(0L, 0L, 4L, 0L),
                                Optional.of(new Latency(5000, 0.0004, 9.997, 60.001, 60.004)))),
                List.of(),
                new Timeline(STEP, List.of(new Slot(START, 5000, 0, 0, 0, 1))),
                List.of(
                        new Change(
                                START,
                                Measure.REQUESTS,
                                3.25,
                                1234.5,
                                "requests rose from 3.2 to 1235 a second")),
                List.of(),
                List.of(),
                List.of());
    }

    private static TrafficReport onlyErrors() {
        return new TrafficReport(
                List.of(
                        new FileRead(
                                "error.log",
                                Kind.ERROR,
                                512,
                                4,
                                0,
                                0,
                                Optional.empty(),
                                Optional.empty())),
                noTotals(),
                none(),
                new Hidden(0, 0),
                List.of(),
                List.of(new Count("connect-failed-econnrefused", 3), new Count("other", 1)),
                new Timeline(STEP, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of("no access log is among the files: requests and statuses are not known"));
    }

    private static Totals noTotals() {
        return new Totals(0, 0, 0, 0, new TreeMap<>(), Optional.empty(), Optional.empty());
    }

    private static TrafficReport torn() {
        return new TrafficReport(
                List.of(
                        new FileRead(
                                "access.log.2.gz",
                                Kind.ACCESS,
                                70_000,
                                280,
                                1,
                                12,
                                Optional.of("combined (inferred)"),
                                Optional.of(
                                        "is cut off in the middle of its gzip data: what could be unpacked is counted")),
                        access("access.log", 20),
                        new FileRead(
                                "core",
                                Kind.FOREIGN,
                                4_200_000_000L,
                                17,
                                17,
                                0,
                                Optional.empty(),
                                Optional.empty())),
                new Totals(
                        75_000,
                        300,
                        1,
                        299,
                        new TreeMap<>(Map.of(200, 299L)),
                        Optional.of(START.minus(Duration.ofDays(2))),
                        Optional.of(START)),
                none(),
                new Hidden(0, 0),
                List.of(),
                List.of(),
                new Timeline(STEP, List.of()),
                List.of(),
                List.of(),
                List.of("clients: more than 100,000 were seen; a count is at most 12 too high"),
                List.of("core was left out: no line is of an nginx log"));
    }

    /** What strangers chose: names, lines, and a secret in a URL. */
    private static TrafficReport hostile() {
        String evil = "=cmd|'/C calc'!A0\u001b[2J\u202e</td><script>alert(1)</script>\"'&,";
        return new TrafficReport(
                List.of(access("-\u001b]0;x\u0007.log", 10)),
                totals(10, Map.of(502, 10L)),
                new Failures(
                        10,
                        Map.of(Maker.UNKNOWN, 10L),
                        new TreeMap<>(Map.of(evil, statuses(502, 10))),
                        List.of(new Share(evil, 10, 10)),
                        List.of(new Share("+" + evil, 10, 10)),
                        List.of(new Share("GET /login?token=s3cr3t&next=/", 10, 10)),
                        List.of(new Share("@" + evil, 10, 10)),
                        List.of(new Count(evil, 10))),
                new Hidden(0, 0),
                List.of(
                        new PeerTraffic(
                                evil, 10, statuses(502, 10), 0, List.of(10L), Optional.empty())),
                List.of(new Count(evil, 10)),
                new Timeline(STEP, List.of(new Slot(START, 10, 10, 0, 0, 0))),
                List.of(new Change(START, Measure.FAILURES, 0, 1, evil)),
                List.of(new Sample(evil, evil + ":1", evil.repeat(12) + "\r\n\uD83D\uDE00")),
                List.of(evil),
                List.of(evil));
    }

    private static TrafficReport foreign() {
        return bare(
                List.of(
                        new FileRead(
                                "syslog",
                                Kind.FOREIGN,
                                900,
                                12,
                                12,
                                0,
                                Optional.empty(),
                                Optional.empty())));
    }

    private static TrafficReport empty() {
        return bare(
                List.of(
                        new FileRead(
                                "access.log",
                                Kind.FOREIGN,
                                0,
                                0,
                                0,
                                0,
                                Optional.empty(),
                                Optional.empty())));
    }

    private static TrafficReport bare(List<FileRead> files) {
        return new TrafficReport(
                files,
                noTotals(),
                none(),
                new Hidden(0, 0),
                List.of(),
                List.of(),
                new Timeline(STEP, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
