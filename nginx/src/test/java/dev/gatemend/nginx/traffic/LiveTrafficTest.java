package dev.gatemend.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.LogFormat;
import dev.gatemend.nginx.traffic.KnownTraffic.Fields;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LiveTrafficTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
    private static final Duration ROUND = Duration.ofMillis(200);

    /** Without the header time only the error log tells. */
    private static final LogFormat PLAIN =
            new LogFormat(
                    "plain",
                    "$remote_addr [$time_local] \"$request\" $status $upstream_addr $upstream_status",
                    LogFormat.Escape.DEFAULT);

    private static final String BAD =
            "192.0.2.2 [21/Nov/2026:12:00:02 +0100] \"GET /b HTTP/1.1\" 502 127.0.0.1:8000 502\n";

    private static final String GOOD =
            "192.0.2.1 [21/Nov/2026:12:00:02 +0100] \"GET /a HTTP/1.1\" 200 127.0.0.1:8000 200\n";

    private final List<TrafficEvent> events = new ArrayList<>();
    private LiveTraffic traffic = traffic(TrafficFilter.ALL);
    private Instant now = START;
    private int access;
    private int errors;

    private LiveTraffic traffic(TrafficFilter filter) {
        return new LiveTraffic(
                new TrafficQuestion(List.of(PLAIN), filter, ZoneOffset.ofHours(1), 1),
                true,
                42,
                events::add);
    }

    @BeforeEach
    void addLogs() {
        access = traffic.add("access.log", now);
        errors = traffic.add("error.log", now);
    }

    @Test
    void tellsAFailureWithItsEntryAtOnce() {
        log(errors, connect("12:00:02", "/b"));
        log(access, BAD);
        round();

        assertThat(events).hasSize(1);
        TrafficEvent event = events.getFirst();
        assertThat(event.kind()).isEqualTo(TrafficEvent.Kind.FAILED);
        assertThat(event.maker()).isEqualTo(Maker.NGINX);
        assertThat(event.status()).hasValue(502);
        assertThat(event.at()).contains(Instant.parse("2026-11-21T11:00:02Z"));
        assertThat(event.attempts()).containsExactly(new Attempt("127.0.0.1:8000", 502));
        assertThat(event.uri()).contains("/b");
        assertThat(event.said().flatMap(Said::id)).contains("connect-failed-econnrefused");
    }

    @Test
    void blamesNobodyBeforeTheEntryHadTimeToCome() {
        log(errors, connect("12:00:01", "/else"));
        log(access, BAD);
        round();
        assertThat(failures()).isEmpty();
        log(errors, connect("12:00:02", "/b"));
        round();

        assertThat(failures()).extracting(TrafficEvent::maker).containsExactly(Maker.NGINX);
    }

    @Test
    void blamesTheUpstreamWhereTheErrorLogStaysSilent() {
        log(errors, connect("12:00:01", "/else"));
        log(access, BAD);
        wait(LiveJoin.PATIENCE);

        assertThat(failures()).extracting(TrafficEvent::maker).containsExactly(Maker.UPSTREAM);
        assertThat(traffic.report().failures().byMaker()).containsEntry(Maker.UPSTREAM, 1L);
    }

    @Test
    void blamesNobodyWhereTheErrorLogMayTakeOnlyWorse() {
        log(access, BAD);
        wait(LiveJoin.PATIENCE);

        assertThat(failures()).extracting(TrafficEvent::maker).containsExactly(Maker.UNKNOWN);
    }

    @Test
    void blamesNobodyWhileTheErrorLogCannotBeRead() {
        log(errors, connect("12:00:01", "/else"));
        traffic.problem(errors, Optional.of("permission denied"), now);
        log(access, BAD);
        wait(LiveJoin.PATIENCE);

        assertThat(failures()).extracting(TrafficEvent::maker).containsExactly(Maker.UNKNOWN);
    }

    @Test
    void blamesNobodyForWhatWasBeforeAnybodyLooked() {
        log(errors, connect("12:00:05", "/else"));
        log(access, BAD.replace("12:00:02", "11:59:58"));
        wait(LiveJoin.PATIENCE);

        assertThat(failures()).extracting(TrafficEvent::maker).containsExactly(Maker.UNKNOWN);
    }

    @Test
    void anEntryFromBeforeExplainsALineThatComesLate() {
        byte[] before = connect("11:59:58", "/b").getBytes(StandardCharsets.UTF_8);
        traffic.before(errors, before, 0, before.length, now);
        log(access, BAD.replace("12:00:02", "11:59:58"));
        round();

        assertThat(events).extracting(TrafficEvent::maker).containsExactly(Maker.NGINX);
        assertThat(traffic.report().errors()).isEmpty();
    }

    @Test
    void withAccessLogsThatAreBufferedTheEntryIsToldFirst() {
        log(errors, connect("12:00:02", "/b"));
        wait(LiveJoin.PATIENCE);
        assertThat(events).extracting(TrafficEvent::kind).containsExactly(TrafficEvent.Kind.ENTRY);
        wait(Duration.ofMinutes(5));
        log(access, BAD);
        round();

        assertThat(events).hasSize(2);
        assertThat(events.getLast().maker()).isEqualTo(Maker.NGINX);
    }

    @Test
    void whatIsTooOldIsForgotten() {
        log(errors, connect("12:00:02", "/b"));
        wait(LiveEntries.WINDOW.plus(ROUND));
        log(access, BAD);
        wait(LiveJoin.PATIENCE);

        assertThat(failures()).extracting(TrafficEvent::said).containsExactly(Optional.empty());
    }

    @Test
    void aRetryIsToldWithWhatWentWrongFirst() {
        log(errors, connect("12:00:02", "/a"));
        log(access, GOOD.replace("127.0.0.1:8000 200", "127.0.0.1:8000, 127.0.0.1:8001 502, 200"));
        round();

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().kind()).isEqualTo(TrafficEvent.Kind.RETRIED);
        assertThat(events.getFirst().attempts()).hasSize(2);
        assertThat(events.getFirst().said()).isPresent();
    }

    @Test
    void aCutAnswerIsToldAndAGoodOneIsNot() {
        log(access, GOOD);
        log(errors, connect("12:00:02", "/x").replace("connecting to", "reading"));
        wait(LiveJoin.PATIENCE);

        assertThat(events).extracting(TrafficEvent::kind).containsExactly(TrafficEvent.Kind.CUT);
        assertThat(traffic.report().hidden().cutAfterHeader()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"other.example, 0", "shop.example, 1"})
    void entriesAreAskedForByTheirSite(String site, int told) {
        traffic =
                traffic(
                        new TrafficFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(),
                                Set.of(site),
                                Set.of()));
        addLogs();
        log(errors, connect("12:00:02", "/b"));
        wait(LiveJoin.PATIENCE);

        assertThat(events).hasSize(told);
    }

    @Test
    void bothLogsMayComeThroughOnePipe() {
        traffic = new LiveTraffic(question(List.of()), true, 42, events::add);
        int pipe = traffic.add("-", now);
        String combined =
                "192.0.2.2 - - [21/Nov/2026:12:00:02 +0100] \"GET /b HTTP/1.1\" 502 157 \"-\" \"-\"\n";
        log(pipe, connect("12:00:01", "/x") + connect("12:00:02", "/b"));
        round();
        log(pipe, combined);
        round();
        log(pipe, connect("12:00:02", "/c") + combined.replace("/b", "/c"));
        round();

        assertThat(failures())
                .extracting(TrafficEvent::maker)
                .containsExactly(Maker.NGINX, Maker.NGINX);
        assertThat(traffic.report().totals().requests()).isEqualTo(2);
        assertThat(traffic.report().totals().unparsed()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheSameReportAsReadingItAfterwards(Fields fields) throws InterruptedException {
        KnownTraffic known = new KnownTraffic(7, fields).requests(20_000);
        traffic = new LiveTraffic(question(List.of()), true, 42, events::add);
        now = Instant.parse("2026-11-21T07:59:00Z");
        addLogs();
        grow(known);
        traffic.end(now);

        TrafficReport live = traffic.report();
        TrafficReport after =
                TrafficAnalysis.of(
                        List.of(
                                streamed("access.log", known.access),
                                streamed("error.log", known.errors)),
                        question(List.of()));

        assertThat(live.totals()).isEqualTo(after.totals());
        assertThat(live.failures()).isEqualTo(after.failures());
        assertThat(live.hidden()).isEqualTo(after.hidden());
        assertThat(live.peers()).isEqualTo(after.peers());
        assertThat(live.errors()).isEqualTo(after.errors());
        assertThat(live.timeline()).isEqualTo(after.timeline());
        assertThat(failures()).hasSize((int) live.failures().total());
        assertThat(
                        failures().stream()
                                .collect(
                                        Collectors.groupingBy(
                                                TrafficEvent::maker, Collectors.counting())))
                .containsEntry(Maker.NGINX, known.nginx)
                .containsEntry(Maker.UPSTREAM, known.upstream);
    }

    /** Both logs in pieces of any size, entries always before their requests. */
    private void grow(KnownTraffic known) {
        Random random = new Random(11);
        List<String> lines = known.access.toString().lines().toList();
        List<String> entries = known.errors.toString().lines().toList();
        int line = 0;
        int entry = 0;
        while (line < lines.size()) {
            int more = Math.min(lines.size() - line, 1 + random.nextInt(300));
            String last = lines.get(line + more - 1);
            StringBuilder piece = new StringBuilder();
            String clock = last.substring(last.indexOf(':') + 1, last.indexOf(" +0200"));
            while (entry < entries.size()
                    && entries.get(entry).substring(11, 19).compareTo(clock) <= 0) {
                piece.append(entries.get(entry++)).append('\n');
            }
            log(access, String.join("\n", lines.subList(line, line + more)) + "\n");
            log(errors, piece.toString());
            line += more;
            round();
        }
    }

    private static TrafficQuestion question(List<LogFormat> formats) {
        return new TrafficQuestion(formats, TrafficFilter.ALL, ZoneOffset.ofHours(2), 1);
    }

    private static LogInput streamed(String name, StringBuilder text) {
        return new LogInput.Streamed(
                name, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private List<TrafficEvent> failures() {
        return events.stream().filter(e -> e.kind() == TrafficEvent.Kind.FAILED).toList();
    }

    private void log(int log, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            traffic.lines(log, bytes, 0, bytes.length, now);
        }
    }

    private void round() {
        traffic.advance(now);
        now = now.plus(ROUND);
    }

    private void wait(Duration length) {
        Instant until = now.plus(length);
        while (!now.isAfter(until)) {
            round();
        }
    }

    private static String connect(String clock, String uri) {
        return "2026/11/21 "
                + clock
                + " [error] 12#12: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2."
                + (uri.equals("/a") ? 1 : 2)
                + ", server: shop.example, request: \"GET "
                + uri
                + " HTTP/1.1\", upstream: \"http://127.0.0.1:8000"
                + uri
                + "\", host: \"shop.example\"\n";
    }
}
