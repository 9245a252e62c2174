package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogFormatTest {
    private static final String UPSTREAM =
            "$remote_addr [$time_local] \"$request\" $status $upstream_addr $upstream_status"
                    + " $upstream_response_time $upstream_header_time $request_time";

    @Test
    void readsCombined() {
        AccessLine line =
                parse(
                        AccessLogFormat.COMBINED,
                        "127.0.0.1 - joe [21/Nov/2026:08:04:45 +0100] \"GET /a?b=\\x22c\\x22 HTTP/1.1\" 502 157"
                                + " \"http://ref/\" \"curl/7.88\"");
        assertThat(line.status()).hasValue(502);
        assertThat(line.time()).contains(Instant.parse("2026-11-21T07:04:45Z"));
        assertThat(line.uri()).contains("/a?b=\"c\"");
        assertThat(line.method()).contains("GET");
        assertThat(line.text(AccessVariable.REMOTE_USER)).contains("joe");
        assertThat(line.number(AccessVariable.BODY_BYTES_SENT)).hasValue(157);
        assertThat(line.isOwn()).isFalse();
    }

    @Test
    void aUserNameWithABracketDoesNotHideTheTime() {
        AccessLine line =
                parse(
                        AccessLogFormat.COMBINED,
                        "127.0.0.1 - a [b] c [21/Nov/2026:08:04:45 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"");
        assertThat(line.text(AccessVariable.REMOTE_USER)).contains("a [b] c");
        assertThat(line.status()).hasValue(200);
        assertThat(line.text(AccessVariable.HTTP_REFERER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:1 502 0.000 - 0.000                                   | 1 | 1 | false",
                "127.0.0.1:1, 127.0.0.1:2 502, 200 0.000, 0.001 -, 0.001 0.001   | 1 | 2 | true",
                "127.0.0.1:1 : 127.0.0.1:2 502 : 200 0.000 : 0.001 - : 0.001 0.001 | 2 | 2 | true",
                "127.0.0.1:1, unix:/a.sock : up 502, 504 : 502 0.0, 1.0 : 0.0 -, - : - 0.0 | 2 | 3 | false",
            })
    void readsAttemptsAndPassesWithoutQuotes(
            String values, int passes, int attempts, boolean header) {
        AccessLine line =
                parse(
                        format(UPSTREAM),
                        "127.0.0.1 [21/Nov/2026:08:04:45 +0000] \"GET / HTTP/1.1\" 502 " + values);
        UpstreamField addresses = line.upstream(AccessVariable.UPSTREAM_ADDR).orElseThrow();
        assertThat(addresses.passes()).hasSize(passes);
        assertThat(addresses.values()).hasSize(attempts);
        assertThat(line.upstream(AccessVariable.UPSTREAM_STATUS).orElseThrow().values())
                .hasSize(attempts);
        assertThat(
                        line.upstream(AccessVariable.UPSTREAM_HEADER_TIME)
                                .orElseThrow()
                                .lastNumber()
                                .isPresent())
                .isEqualTo(header);
        assertThat(line.endsWithNumber(AccessVariable.UPSTREAM_HEADER_TIME)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500|-||rt=0.000",
                "502|502 : |a : |rt=0.001 : ",
                "502|-|-|rt=-",
                "009|200|127.0.0.1:9|rt=0.1"
            })
    void readsAbsentAndTrailingValues(String text) {
        AccessLine line =
                parse(
                        format(
                                "$status|$upstream_status|$upstream_addr|rt=$upstream_response_time"),
                        text);
        assertThat(line.status()).isPresent();
        assertThat(line.written(AccessVariable.UPSTREAM_ADDR)).isPresent();
    }

    @Test
    void readsJson() {
        LogFormat format =
                new LogFormat(
                        "j",
                        "{\"t\":\"$time_iso8601\",\"s\":$status,\"r\":\"$request\",\"a\":\"$upstream_addr\",\"h\":\"$upstream_header_time\",\"u\":\"$http_user_agent\"}",
                        LogFormat.Escape.JSON);
        AccessLine line =
                parse(
                        format,
                        "{\"t\":\"2026-11-21T08:04:45-05:00\",\"s\":502,\"r\":\"GET /\\\"x\\u001b\\\\ HTTP/1.1\",\"a\":\"\",\"h\":\"\",\"u\":\"Gatemend/0.1\"}");
        assertThat(line.time()).contains(Instant.parse("2026-11-21T13:04:45Z"));
        assertThat(line.uri()).contains("/\"x\u001b\\");
        assertThat(line.text(AccessVariable.UPSTREAM_ADDR)).isEmpty();
        assertThat(line.written(AccessVariable.UPSTREAM_ADDR)).contains("");
        assertThat(line.isOwn()).isTrue();
        assertThat(AccessLogFormat.compile(format).doubts()).isEmpty();
    }

    @Test
    void readsMillisecondsOfMsec() {
        AccessLine line = parse(format("$msec $status"), "1732176285.123 204");
        assertThat(line.time()).contains(Instant.ofEpochMilli(1_732_176_285_123L));
    }

    @Test
    void readsBracedAndUnknownVariables() {
        AccessLine line =
                parse(format("${status}x$request_id/$server_name;"), "502xabc-1/a.example;");
        assertThat(line.status()).hasValue(502);
        assertThat(line.text(AccessVariable.SERVER_NAME)).contains("a.example");
    }

    @Test
    void saysWhatCannotBeToldApart() {
        assertThat(AccessLogFormat.compile(format("$remote_addr$host $status")).doubts())
                .containsExactly("nothing separates $remote_addr $host in log_format test");
        assertThat(AccessLogFormat.compile(format("$http_user_agent $status")).doubts()).hasSize(1);
        assertThat(
                        AccessLogFormat.compile(
                                        new LogFormat(
                                                "n",
                                                "\"$http_referer\" $status",
                                                LogFormat.Escape.NONE))
                                .doubts())
                .hasSize(1);
    }

    @Test
    void staysSilentAboutFormatsWithoutDoubt() {
        assertThat(AccessLogFormat.compile(AccessLogFormat.COMBINED).doubts()).isEmpty();
        assertThat(AccessLogFormat.compile(format(UPSTREAM)).doubts()).isEmpty();
        assertThat(AccessLogFormat.compile(format("$status$request_time")).doubts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "127.0.0.1 - - [21/Nov/2026:08:04:45 +0000] \"GET / HTTP/1.1\" 502",
                "2026/11/21 08:04:45 [error] 1#1: x"
            })
    void refusesLinesOfAnotherShape(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(
                        AccessLogFormat.compile(AccessLogFormat.COMBINED)
                                .parse(bytes, 0, bytes.length, new AccessLine()))
                .isFalse();
    }

    @Test
    void keepsTheOrderOfPassesAndAttempts() {
        assertThat(UpstreamField.of("a, b : c").passes())
                .isEqualTo(List.of(List.of("a", "b"), List.of("c")));
        assertThat(UpstreamField.of("502 : ").passes())
                .isEqualTo(List.of(List.of("502"), List.of("")));
        assertThat(UpstreamField.of("502 : ").last()).isEqualTo(Optional.empty());
        assertThat(UpstreamField.of("[::1]:80").values()).containsExactly("[::1]:80");
    }

    private static LogFormat format(String text) {
        return new LogFormat("test", text, LogFormat.Escape.DEFAULT);
    }

    private static AccessLine parse(LogFormat format, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AccessLine line = new AccessLine();
        assertThat(AccessLogFormat.compile(format).parse(bytes, 0, bytes.length, line)).isTrue();
        return line;
    }
}
