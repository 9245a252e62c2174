package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FormatGuessTest {
    private static final String COMBINED =
            "192.0.2.1 - alice [21/Nov/2026:08:04:45 +0000] \"GET /a HTTP/1.1\" 502 157 \"-\" \"curl/8.1\"";

    @Test
    void knowsCombined() {
        List<AccessLogFormat> found = FormatGuess.of(List.of(COMBINED));

        assertThat(found.getFirst().format()).isEqualTo(AccessLogFormat.COMBINED);
    }

    @Test
    void namesValuesByWhatTheLineCallsThem() {
        String line =
                COMBINED
                        + " rt=1.234 uct=\"0.001, 0.002\" uht=\"-, 0.100\" urt=\"0.001, 0.120\" ua=\"10.0.0.1:80, 10.0.0.2:80\" us=\"502, 200\"";

        assertThat(value(line, AccessVariable.REQUEST_TIME)).hasValue("1.234");
        assertThat(value(line, AccessVariable.UPSTREAM_HEADER_TIME)).hasValue("-, 0.100");
        assertThat(value(line, AccessVariable.UPSTREAM_ADDR)).hasValue("10.0.0.1:80, 10.0.0.2:80");
        assertThat(value(line, AccessVariable.UPSTREAM_STATUS)).hasValue("502, 200");
        assertThat(value(line, AccessVariable.HTTP_USER_AGENT)).hasValue("curl/8.1");
    }

    @Test
    void tellsAHostAndAPeerThatSomebodyNamedInAnotherWay() {
        String line = COMBINED + " shop.example uaddr=\"10.0.0.1:80\" tls=TLSv1.3";

        assertThat(value(line, AccessVariable.HOST)).hasValue("shop.example");
        assertThat(value(line, AccessVariable.UPSTREAM_ADDR)).hasValue("10.0.0.1:80");
    }

    @Test
    void namesValuesOfJsonByTheirKeys() {
        String line =
                "{\"time\":\"2026-11-21T08:04:45+00:00\",\"client_ip\":\"192.0.2.1\",\"method\":\"GET\",\"uri\":\"/a\",\"status\":502,"
                        + "\"host\":\"shop.example\",\"upstream_addr\":\"127.0.0.1:8000\",\"upstream_status\":\"502\",\"request_time\":0.003}";

        assertThat(value(line, AccessVariable.STATUS)).hasValue("502");
        assertThat(value(line, AccessVariable.HOST)).hasValue("shop.example");
        assertThat(value(line, AccessVariable.UPSTREAM_ADDR)).hasValue("127.0.0.1:8000");
        assertThat(value(line, AccessVariable.TIME_ISO8601)).hasValue("2026-11-21T08:04:45+00:00");
    }

    @Test
    void tellsAttemptsWithoutNamesByTheirShape() {
        String line = COMBINED + " 0.300 10.0.0.1:80, 10.0.0.2:80 502, 200";

        assertThat(value(line, AccessVariable.REQUEST_TIME)).hasValue("0.300");
        assertThat(value(line, AccessVariable.UPSTREAM_ADDR)).hasValue("10.0.0.1:80, 10.0.0.2:80");
        assertThat(value(line, AccessVariable.UPSTREAM_STATUS)).hasValue("502, 200");
    }

    @Test
    void findsBothFormatsOfAMixedLog() {
        String other = COMBINED.replace(" \"-\" \"curl/8.1\"", "");
        List<AccessLogFormat> found = FormatGuess.of(List.of(COMBINED, COMBINED, other));

        assertThat(found).allMatch(f -> f.has(AccessVariable.STATUS));
        assertThat(List.of(COMBINED, other))
                .allMatch(l -> found.stream().anyMatch(f -> fits(f, l)));
    }

    @Test
    void findsNothingInOtherTexts() {
        assertThat(
                        FormatGuess.of(
                                List.of(
                                        "Dear all,",
                                        "the shop is down.",
                                        "",
                                        ",,,,",
                                        "[[[",
                                        "a=,b= \"")))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void endsOnHostileLines() {
        assertThat(
                        FormatGuess.of(
                                List.of(
                                        "(".repeat(4_000),
                                        "a=".repeat(2_000),
                                        "1:".repeat(2_000),
                                        "{\"" + "a\":".repeat(1_000) + "}")))
                .isEmpty();
    }

    private static Optional<String> value(String line, AccessVariable variable) {
        AccessLine parsed = new AccessLine();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        AccessLogFormat format = FormatGuess.of(List.of(line)).getFirst();
        assertThat(format.parse(bytes, 0, bytes.length, parsed))
                .as(format.format().text())
                .isTrue();
        return parsed.written(variable);
    }

    private static boolean fits(AccessLogFormat format, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return format.parse(bytes, 0, bytes.length, new AccessLine());
    }
}
