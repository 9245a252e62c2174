package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogScannerTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    @Test
    void readsOnlyTheEndOfABigLog() throws IOException {
        MemoryLog log = MemoryLog.of(errors(NOW.minus(Duration.ofDays(1)), 1, 86_400));
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(log, question("e", ZoneOffset.UTC, Duration.ofMinutes(10)));
        assertThat(found.groups()).hasSize(1);
        ErrorGroup group = found.groups().getFirst();
        assertThat(group.count()).isEqualTo(600);
        assertThat(group.first()).contains(NOW.minus(Duration.ofMinutes(10)));
        assertThat(group.last()).contains(NOW.minusSeconds(1));
        assertThat(group.peer()).contains("127.0.0.1:9");
        assertThat(group.where()).isEqualTo("e:" + (86_400 - 600 + 1));
        assertThat(group.exactConnections()).isEqualTo(600);
        assertThat(found.scan().bytesRead()).isLessThan(log.size() / 20);
        assertThat(found.scan().lines()).isEqualTo(600);
        assertThat(found.scan().last()).contains(NOW.minusSeconds(1));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void touchesLittleOfAQuietLog() throws IOException {
        MemoryLog log = MemoryLog.of(errors(NOW.minus(Duration.ofDays(2)), 1, 86_400));
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(log, question("e", ZoneOffset.UTC, Duration.ofMinutes(10)));
        assertThat(found.groups()).isEmpty();
        assertThat(log.bytesRead()).isLessThan(1_000_000);
        assertThat(found.scan().last()).contains(NOW.minus(Duration.ofDays(1)).minusSeconds(1));
    }

    @Test
    void saysThatMoreWasInTheWindowThanMayBeRead() throws IOException {
        MemoryLog log = MemoryLog.of(errors(NOW.minus(Duration.ofHours(1)), 1, 3_600));
        LogQuestion question =
                new LogQuestion(
                        1,
                        "e",
                        ZoneOffset.UTC,
                        Window.endingAt(NOW, Duration.ofHours(2)),
                        RequestPlace.nowhere(),
                        Set.of(),
                        new ScanLimits(100_000, () -> false));
        LogFindings<ErrorGroup> found = ErrorLogScanner.scan(log, question);
        assertThat(found.notes()).hasSize(1).first().asString().contains("left out");
        assertThat(found.groups().getFirst().count()).isBetween(300L, 500L);
        assertThat(found.groups().getFirst().first()).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(found.groups().getFirst().last()).contains(NOW.minusSeconds(1));
        assertThat(found.scan().unparsed()).isZero();
    }

    @Test
    void aStopEndsTheReadingBehindTheFirstBlockAndIsSaid() throws IOException {
        LogFindings<ErrorGroup> found = stopped(3_600);

        assertThat(found.groups()).hasSize(1);
        assertThat(found.groups().getFirst().count()).isBetween(1L, 3_599L);
        assertThat(found.notes()).hasSize(1).first().asString().contains("time was up");
    }

    @Test
    void aLittleIsReadHoweverSlowTheHostIs() throws IOException {
        LogFindings<ErrorGroup> found = stopped(20);

        assertThat(found.groups().getFirst().count()).isEqualTo(20);
        assertThat(found.notes()).isEmpty();
    }

    private static LogFindings<ErrorGroup> stopped(int entries) throws IOException {
        LogQuestion question =
                new LogQuestion(
                        1,
                        "e",
                        ZoneOffset.UTC,
                        Window.endingAt(NOW, Duration.ofHours(2)),
                        RequestPlace.nowhere(),
                        Set.of(),
                        new ScanLimits(1 << 20, () -> true));
        return ErrorLogScanner.scan(
                MemoryLog.of(errors(NOW.minus(Duration.ofHours(1)), 1, entries)), question);
    }

    @Test
    void findsLinesBeforeAStepOfTheClock() throws IOException {
        String log =
                errors(NOW.minus(Duration.ofHours(3)), 1, 9_000)
                        + errors(Instant.EPOCH, 1, 3_000)
                        + errors(NOW.minus(Duration.ofMinutes(5)), 1, 300);
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(
                        MemoryLog.of(log), question("e", ZoneOffset.UTC, Duration.ofHours(1)));
        assertThat(found.groups().getFirst().count()).isEqualTo(1_800 + 300);
    }

    @Test
    void anOverlongLineIsStepppedOver() throws IOException {
        String log =
                errors(NOW.minus(Duration.ofHours(2)), 1, 3_000)
                        + "x".repeat(5_000_000)
                        + "\n"
                        + errors(NOW.minus(Duration.ofMinutes(5)), 1, 300);
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(
                        MemoryLog.of(log), question("e", ZoneOffset.UTC, Duration.ofMinutes(10)));
        assertThat(found.groups().getFirst().count()).isEqualTo(300);
    }

    @Test
    void tellsTheTwoPassesOfTheHourThatComesTwice() throws IOException {
        // 2026-10-25 03:00 +02:00 becomes 02:00 +01:00
        Instant end = Instant.parse("2026-10-25T01:40:00Z");
        StringBuilder log = new StringBuilder();
        for (Instant at = end.minus(Duration.ofHours(3));
                at.isBefore(end);
                at = at.plusSeconds(10)) {
            log.append(error(LocalDateTime.ofInstant(at, BERLIN), 1));
        }
        for (int minutes : new int[] {10, 35, 45, 70, 90, 110}) {
            LogQuestion question =
                    new LogQuestion(
                            1,
                            "e",
                            BERLIN,
                            Window.endingAt(end, Duration.ofMinutes(minutes)),
                            RequestPlace.nowhere(),
                            Set.of(),
                            ScanLimits.forErrors());
            LogFindings<ErrorGroup> found =
                    ErrorLogScanner.scan(MemoryLog.of(log.toString()), question);
            assertThat(found.groups().getFirst().count())
                    .as("%d minutes", minutes)
                    .isEqualTo(minutes * 6L);
            assertThat(found.groups().getFirst().first())
                    .contains(end.minus(Duration.ofMinutes(minutes)));
        }
    }

    @Test
    void keepsEmergenciesAndReloadsAndDropsIdleNotices() throws IOException {
        String at = STAMP.format(LocalDateTime.ofInstant(NOW.minusSeconds(5), ZoneOffset.UTC));
        String log =
                at
                        + " [notice] 1#1: using the \"epoll\" event method\n"
                        + at
                        + " [notice] 9#9: signal process started\n"
                        + at
                        + " [emerg] 9#9: unknown directive \"foo\" in /etc/nginx/nginx.conf:3\n"
                        + at
                        + " [alert] 9#9: 12 worker_connections are not enough\n"
                        + at
                        + " [info] 9#9: *1 client 1.2.3.4 closed keepalive connection\n"
                        + "garbage\n";
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(
                        MemoryLog.of(log), question("e", ZoneOffset.UTC, Duration.ofMinutes(1)));
        assertThat(found.groups())
                .extracting(group -> group.sample().level().orElse(""))
                .containsExactlyInAnyOrder("notice", "emerg", "alert");
        assertThat(found.scan().unparsed()).isEqualTo(1);
        assertThat(found.scan().lines()).isEqualTo(6);
    }

    @Test
    void cutsATimeOutsUnixSocketWhereTheConfigurationKnowsIt() {
        Set<String> known = Set.of("/run/app.sock", "/run/app.sock2");
        assertThat(UpstreamText.peer("http://unix:/run/app.sock:/path", Set.of()))
                .isEqualTo("unix:/run/app.sock");
        assertThat(UpstreamText.peer("http://unix:/run/app.sock/path:8", known))
                .isEqualTo("unix:/run/app.sock");
        assertThat(UpstreamText.peer("http://unix:/run/app.sock2/path", known))
                .isEqualTo("unix:/run/app.sock2");
        assertThat(UpstreamText.peer("fastcgi://unix:/run/php.sock", known))
                .isEqualTo("unix:/run/php.sock");
        assertThat(UpstreamText.peer("fastcgi://unix:/run/php.sock:", known))
                .isEqualTo("unix:/run/php.sock");
        assertThat(UpstreamText.peer("http://[::1]:80/x", known)).isEqualTo("[::1]:80");
        assertThat(UpstreamText.peer("http://twodead/x", known)).isEqualTo("twodead");
        assertThat(UpstreamText.peer("127.0.0.1:1", known)).isEqualTo("127.0.0.1:1");
    }

    @Test
    void boundsTheNumberOfErrorGroups() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            log.append(
                    error(LocalDateTime.ofInstant(NOW.minusSeconds(5), ZoneOffset.UTC), i)
                            .replace("127.0.0.1:9/", "10.0." + i / 250 + "." + i % 250 + ":9/"));
        }
        LogFindings<ErrorGroup> found =
                ErrorLogScanner.scan(
                        MemoryLog.of(log.toString()),
                        question("e", ZoneOffset.UTC, Duration.ofMinutes(1)));
        assertThat(found.groups()).hasSize(ErrorLogGrouper.MOST_GROUPS);
        assertThat(found.notes()).anyMatch(note -> note.contains("1000 entries"));
    }

    @Test
    void countsRequestsByOutcomeAndPlace() throws IOException {
        StringBuilder log = new StringBuilder();
        Instant begin = NOW.minus(Duration.ofHours(10));
        for (int i = 0; i < 36_000; i++) {
            log.append(access(begin.plusSeconds(i), i % 3 == 0 ? 502 : 200, "curl"));
        }
        log.append("not an access line\n");
        log.append(access(NOW.minusSeconds(1), 502, "Gatemend/0.1"));
        MemoryLog bytes = MemoryLog.of(log.toString());
        RequestPlace place =
                (server, host, uri) ->
                        Optional.of(
                                new RequestPlace.Place("shop", uri.startsWith("/a") ? "/a" : "/"));
        LogQuestion question =
                new LogQuestion(
                        7,
                        "a",
                        ZoneOffset.UTC,
                        Window.endingAt(NOW, Duration.ofMinutes(15)),
                        place,
                        Set.of(),
                        ScanLimits.forAccesses());
        LogFindings<AccessGroup> found =
                AccessLogScanner.scan(
                        bytes,
                        question,
                        List.of(AccessLogFormat.compile(AccessLogFormat.COMBINED)));
        assertThat(found.groups()).extracting(AccessGroup::status).containsExactly(200, 502);
        assertThat(found.groups()).extracting(AccessGroup::count).containsExactly(600L, 300L);
        assertThat(found.groups().getFirst().site()).contains("shop");
        assertThat(found.groups().getFirst().location()).contains("/a");
        assertThat(found.groups().getFirst().headerReceived()).isEmpty();
        assertThat(found.scan().requests()).isEqualTo(900);
        assertThat(found.scan().unparsed()).isEqualTo(1);
        assertThat(found.scan().bytesRead()).isLessThan(bytes.size() / 5);
    }

    @Test
    void readsALogThatTwoFormatsShare() throws IOException {
        String log =
                access(NOW.minusSeconds(3), 502, "curl")
                        + NOW.minusSeconds(2).getEpochSecond()
                        + ".000 500\n"
                        + access(NOW.minusSeconds(1), 502, "curl");
        LogFindings<AccessGroup> found =
                AccessLogScanner.scan(
                        MemoryLog.of(log),
                        question("a", ZoneOffset.UTC, Duration.ofMinutes(1)),
                        List.of(
                                AccessLogFormat.compile(AccessLogFormat.COMBINED),
                                AccessLogFormat.compile(
                                        new dev.gatemend.model.LogFormat(
                                                "m",
                                                "$msec $status",
                                                dev.gatemend.model.LogFormat.Escape.DEFAULT))));
        assertThat(found.scan().requests()).isEqualTo(3);
        assertThat(found.scan().unparsed()).isZero();
    }

    private static LogQuestion question(String log, ZoneId zone, Duration window) {
        return new LogQuestion(
                1,
                log,
                zone,
                Window.endingAt(NOW, window),
                RequestPlace.nowhere(),
                Set.of(),
                ScanLimits.forErrors());
    }

    private static String errors(Instant from, int step, int count) {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < count; i++) {
            log.append(
                    error(
                            LocalDateTime.ofInstant(
                                    from.plusSeconds((long) i * step), ZoneOffset.UTC),
                            i));
        }
        return log.toString();
    }

    private static String error(LocalDateTime time, int connection) {
        return STAMP.format(time)
                + " [error] 1#1: *"
                + connection
                + " connect() failed (111: Connection refused) while connecting to upstream, client: 1.2.3.4, server: a, request: \"GET /x HTTP/1.1\", upstream: \"http://127.0.0.1:9/x\", host: \"a\"\n";
    }

    private static String access(Instant at, int status, String agent) {
        return "1.2.3.4 - - ["
                + LOCAL.format(at.atZone(ZoneOffset.UTC))
                + "] \"GET /a?b HTTP/1.1\" "
                + status
                + " 157 \"-\" \""
                + agent
                + "\"\n";
    }
}
