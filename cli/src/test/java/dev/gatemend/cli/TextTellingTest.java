package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.nginx.traffic.LiveTraffic.Glance;
import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Kind;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTellingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");
    private static final String ANEW = "\r\u001b[K";
    private static final Glance CALM = new Glance(2_341, Map.of(), 0);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theLastLineIsWrittenAnewWhereSomebodySeesIt() {
        TextTelling telling = telling(true);
        telling.round(CALM, NOW);
        telling.round(new Glance(2_342, Map.of(Maker.NGINX, 1L), 3), NOW.plusMillis(200));
        telling.round(new Glance(2_342, Map.of(Maker.NGINX, 1L), 3), NOW.plusSeconds(1));
        telling.round(new Glance(2_342, Map.of(Maker.NGINX, 1L), 3), NOW.plusSeconds(2));
        telling.end();

        assertThat(text())
                .isEqualTo(
                        ANEW
                                + "2,341 requests, none failed (5xx)"
                                + ANEW
                                + "2,342 requests, 1 failed (5xx): 1 nginx; 3 hidden"
                                + ANEW);
    }

    @Test
    void elsewhereThereIsNoSuchLine() {
        TextTelling telling = telling(false);
        telling.round(CALM, NOW);
        telling.event(failure("/b"), ZoneOffset.UTC, NOW);
        telling.end();

        assertThat(text())
                .isEqualTo("11:00:00 502 nginx    10.0.0.1:80 shop /b: Connection refused\n");
    }

    @Test
    void whatHappensStandsAboveTheLastLine() {
        TextTelling telling = telling(true);
        telling.round(CALM, NOW);
        telling.event(failure("/b"), ZoneOffset.UTC, NOW);
        telling.round(CALM, NOW);
        telling.end();

        assertThat(text()).contains(ANEW + "11:00:00 502 nginx");
        assertThat(text())
                .endsWith("refused\n" + ANEW + "2,341 requests, none failed (5xx)" + ANEW);
    }

    @Test
    void anotherDayIsNamed() {
        TextTelling telling = telling(false);
        telling.event(failure("/a"), ZoneOffset.UTC, NOW.plusSeconds(86_400));
        telling.event(failure("/b"), ZoneOffset.UTC, NOW.plusSeconds(86_400));

        assertThat(text().lines()).hasSize(3).first().isEqualTo("-- 21 Nov 2026");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect() failed (111: Connection refused) while connecting to upstream | Connection refused",
                "connect() to unix:/run/app.sock failed (13: Permission denied) while connecting to upstream | Permission denied",
                "upstream timed out (110: Connection timed out) while reading response header from upstream | upstream timed out",
                "recv() failed (104: Connection reset by peer) while reading response header from upstream | recv(): Connection reset by peer",
                "no live upstreams while connecting to upstream | no live upstreams",
                "SSL_do_handshake() failed (SSL: error:0A) while SSL handshaking to upstream | SSL_do_handshake(): SSL: error:0A",
                "limiting requests, excess: 0.1 by zone | limiting requests, excess: 0.1 by zone"
            })
    void aReasonIsItsTellingWords(String message, String reason) {
        telling(false).event(failure("/", message), ZoneOffset.UTC, NOW);

        assertThat(text()).isEqualTo("11:00:00 502 nginx    10.0.0.1:80 shop /: " + reason + "\n");
    }

    @Test
    void everyLineFits() {
        TextTelling telling = telling(false);
        telling.event(failure("/" + "x".repeat(2_000)), ZoneOffset.UTC, NOW);
        telling.event(failure("/y", "z".repeat(300)), ZoneOffset.UTC, NOW);

        assertThat(text().lines()).hasSize(2).allMatch(line -> line.length() == 80);
    }

    private TextTelling telling(boolean terminal) {
        Screen screen =
                new Screen(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        System.err,
                        false,
                        false,
                        80);
        return new TextTelling(screen, terminal, text -> text);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static TrafficEvent failure(String uri) {
        return failure(uri, "connect() failed (111: Connection refused) while connecting");
    }

    private static TrafficEvent failure(String uri, String message) {
        return new TrafficEvent(
                Kind.FAILED,
                Optional.of(NOW),
                OptionalInt.of(502),
                Maker.NGINX,
                List.of(new Attempt("10.0.0.1:80", 502)),
                Optional.empty(),
                Optional.of("shop"),
                Optional.of("GET"),
                Optional.of(uri),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Said(Optional.empty(), Optional.of("error"), message)),
                "access.log");
    }
}
