package dev.gatemend.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.HeldBytes;
import dev.gatemend.nginx.traffic.KnownTraffic.Fields;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficAnalysisTest {
    private static final int REQUESTS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsExactlyWhatHappened(long seed) throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(seed, Fields.UPSTREAM).requests(REQUESTS);

        TrafficReport report =
                read(2, placed("access.log", traffic.access), placed("error.log", traffic.errors));

        assertThat(report.totals().requests()).isEqualTo(REQUESTS);
        assertThat(report.totals().statuses()).isEqualTo(traffic.statuses);
        assertThat(report.totals().unparsed()).isZero();
        assertThat(report.failures().byMaker())
                .containsOnly(
                        entry(Maker.NGINX, traffic.nginx),
                        entry(Maker.UPSTREAM, traffic.upstream),
                        entry(Maker.UNKNOWN, 0L));
        assertThat(report.hidden().retried()).isEqualTo(traffic.retried);
        assertThat(report.hidden().cutAfterHeader()).isEqualTo(traffic.cut);
        assertThat(report.failures().byError())
                .containsExactly(
                        new TrafficReport.Count("connect-failed-econnrefused", traffic.nginx));
    }

    @Test
    void namesThePeerOfEachFailure() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(4, Fields.UPSTREAM).requests(REQUESTS);

        TrafficReport report = read(2, placed("access.log", traffic.access));

        assertThat(report.failures().byPeer().keySet()).isEqualTo(traffic.failedByPeer.keySet());
        traffic.failedByPeer.forEach(
                (peer, count) ->
                        assertThat(report.failures().byPeer().get(peer))
                                .containsExactly(entry(502, count)));
    }

    @Test
    void tellsTheMakerFromTheErrorLogWhereTheAccessLogSaysNothing() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(5, Fields.COMBINED).requests(REQUESTS);

        TrafficReport report =
                read(2, placed("access.log", traffic.access), placed("error.log", traffic.errors));

        assertThat(report.failures().byMaker())
                .contains(
                        entry(Maker.NGINX, traffic.nginx), entry(Maker.UPSTREAM, traffic.upstream));
    }

    @Test
    void leavesTheMakerOpenWithoutEither() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(6, Fields.COMBINED).requests(REQUESTS);

        TrafficReport report = read(2, placed("access.log", traffic.access));

        assertThat(report.failures().byMaker())
                .contains(
                        entry(Maker.NGINX, 0L),
                        entry(Maker.UNKNOWN, traffic.nginx + traffic.upstream));
        assertThat(report.notes()).anyMatch(n -> n.contains("error log"));
    }

    @ParameterizedTest
    @EnumSource(Fields.class)
    void saysTheSameHoweverItIsRead(Fields fields) throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(7, fields).requests(REQUESTS);
        LogInput errors = placed("error.log", traffic.errors);

        TrafficReport one = read(1, placed("access.log", traffic.access), errors);
        TrafficReport three = read(3, placed("access.log", traffic.access), errors);
        TrafficReport stream =
                read(
                        2,
                        streamed("access.log", traffic.access),
                        streamed("error.log", traffic.errors));

        assertThat(three).isEqualTo(one);
        assertThat(stream).isEqualTo(one);
    }

    @Test
    void takesNothingFromTheSilenceOfALogThatTakesOnlyWorse() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(17, Fields.COMBINED).requests(REQUESTS);
        String critical = traffic.errors.toString().replace("[error]", "[crit]");
        String few = critical.lines().limit(5).reduce("", (a, b) -> a + b + "\n");
        String last = critical.lines().reduce((a, b) -> b).orElseThrow() + "\n";

        TrafficReport report =
                read(2, placed("access.log", traffic.access), placed("error.log", few + last));

        assertThat(report.failures().byMaker()).contains(entry(Maker.UPSTREAM, 0L));
    }

    @Test
    void countsWhatCameBeforeAStreamBroke() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(8, Fields.UPSTREAM).requests(1_000);
        InputStream broken = new SequenceInputStream(stream(traffic.access), new Broken());

        TrafficReport report = read(2, new LogInput.Streamed("access.log.gz", broken));

        assertThat(report.totals().requests()).isEqualTo(1_000);
        assertThat(report.files().getFirst().problem()).contains("unexpected end of the file");
    }

    @Test
    void countsAndShowsLinesThatDoNotFit() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(9, Fields.UPSTREAM).requests(100);
        traffic.access.append(
                "192.0.2.1 - - [21/Nov/2026:10:00:00 +0200] \"GET /tor\nwhat is this\n");

        TrafficReport report = read(2, placed("access.log", traffic.access));

        assertThat(report.totals().unparsed()).isEqualTo(2);
        assertThat(report.samples())
                .anySatisfy(
                        s -> {
                            assertThat(s.what()).isEqualTo("does not fit");
                            assertThat(s.where()).isEqualTo("access.log:102");
                            assertThat(s.text()).isEqualTo("what is this");
                        });
    }

    @Test
    void readsBothLogsOfAContainerFromOneStream() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(10, Fields.UPSTREAM).requests(2_000);

        TrafficReport report =
                read(2, placed("docker.log", traffic.access.toString() + traffic.errors));

        assertThat(report.totals().requests()).isEqualTo(2_000);
        assertThat(report.totals().unparsed()).isZero();
        assertThat(report.hidden().cutAfterHeader()).isEqualTo(traffic.cut);
    }

    @Test
    void leavesOutWhatIsOutsideTheAskedTime() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(11, Fields.UPSTREAM).requests(REQUESTS);
        Instant from = Instant.parse("2026-11-21T08:02:00Z");
        TrafficFilter filter =
                new TrafficFilter(
                        Optional.of(from),
                        Optional.of(from.plusSeconds(60)),
                        Set.of(),
                        Set.of(),
                        Set.of());

        TrafficReport report = read(2, filter, placed("access.log", traffic.access));

        assertThat(report.totals().first()).hasValue(from);
        assertThat(report.totals().last()).hasValue(from.plusSeconds(59));
        assertThat(report.totals().requests()).isBetween(2_500L, 3_500L);
    }

    @Test
    void countsThePeerAndStatusAskedForOnly() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(12, Fields.UPSTREAM).requests(REQUESTS);
        TrafficFilter filter =
                new TrafficFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(502),
                        Set.of(),
                        Set.of("10.0.0.1:8000"));

        TrafficReport report = read(2, filter, placed("access.log", traffic.access));

        assertThat(report.totals().requests()).isEqualTo(traffic.failedByPeer.get("10.0.0.1:8000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 502, 503})
    void countsTheSameAtAGlance(int status) throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(16, Fields.UPSTREAM).requests(REQUESTS);
        TrafficFilter filter =
                new TrafficFilter(
                        Optional.empty(), Optional.empty(), Set.of(status), Set.of(), Set.of());

        TrafficReport report =
                TrafficAnalysis.of(
                        List.of(placed("access.log", traffic.access)),
                        new TrafficQuestion(
                                List.of(),
                                filter,
                                ZoneOffset.UTC,
                                2,
                                TrafficQuestion.Detail.MATCHING));

        assertThat(report.totals().requests()).isEqualTo(traffic.statuses.getOrDefault(status, 0L));
    }

    @Test
    void looksAtEveryLineWhereTheFormatGivenIsAnother() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(18, Fields.UPSTREAM).requests(100);
        TrafficFilter filter =
                new TrafficFilter(
                        Optional.empty(), Optional.empty(), Set.of(502), Set.of(), Set.of());

        TrafficReport report =
                TrafficAnalysis.of(
                        List.of(placed("access.log", traffic.access)),
                        new TrafficQuestion(
                                List.of(AccessLogFormat.COMBINED),
                                filter,
                                ZoneOffset.UTC,
                                2,
                                TrafficQuestion.Detail.MATCHING));

        assertThat(report.totals().unparsed()).isEqualTo(100);
    }

    @Test
    void saysWhatIsNoLogOfNginx() throws InterruptedException {
        TrafficReport report = read(2, placed("notes.txt", "Dear all,\nthe shop is down.\n"));

        assertThat(report.files().getFirst().kind()).isEqualTo(Kind.FOREIGN);
        assertThat(report.totals().unparsed()).isEqualTo(2);
        assertThat(report.totals().requests()).isZero();
    }

    @Test
    void findsWhenFailuresBegan() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(13, Fields.UPSTREAM);
        for (int i = 0; i < 200; i++) {
            traffic.requests(50);
        }
        StringBuilder quiet =
                new StringBuilder(traffic.access.toString().replaceAll("(?m)^.*\" 502 .*\n", ""));
        KnownTraffic later = new KnownTraffic(14, Fields.UPSTREAM).requests(10_000);
        quiet.append(later.access.toString().replace("21/Nov/2026:10", "21/Nov/2026:11"));

        TrafficReport report = read(2, placed("access.log", quiet));

        assertThat(report.changes())
                .anySatisfy(
                        c -> {
                            assertThat(c.measure()).isEqualTo(TrafficReport.Measure.FAILURES);
                            assertThat(c.at()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
                            assertThat(c.before()).isZero();
                        });
    }

    @Test
    void seesNoChangeWhereThereIsNone() throws InterruptedException {
        KnownTraffic traffic = new KnownTraffic(15, Fields.UPSTREAM).requests(REQUESTS);

        assertThat(read(2, placed("access.log", traffic.access)).changes()).isEmpty();
    }

    private static TrafficReport read(int workers, LogInput... inputs) throws InterruptedException {
        return TrafficAnalysis.of(
                List.of(inputs),
                new TrafficQuestion(List.of(), TrafficFilter.ALL, ZoneOffset.UTC, workers));
    }

    private static TrafficReport read(int workers, TrafficFilter filter, LogInput... inputs)
            throws InterruptedException {
        return TrafficAnalysis.of(
                List.of(inputs), new TrafficQuestion(List.of(), filter, ZoneOffset.UTC, workers));
    }

    private static LogInput placed(String name, CharSequence text) {
        return new LogInput.Placed(
                name, new HeldBytes(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static LogInput streamed(String name, CharSequence text) {
        return new LogInput.Streamed(name, stream(text));
    }

    private static InputStream stream(CharSequence text) {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("unexpected end of the file");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }
}
