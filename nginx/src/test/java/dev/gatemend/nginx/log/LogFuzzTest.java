package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes a reader of logs throw, hang or grow. */
class LogFuzzTest {
    private static final Window EVER =
            new Window(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    private static final String[] SEEDS = {
        "2026/11/21 08:04:45 [error] 3651#3651: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: a, request: \"GET /x HTTP/1.1\", subrequest: \"/s\", upstream: \"http://127.0.0.1:9/x\", host: \"h\", referrer: \"r\"\n",
        "2026/11/21 08:05:02 [error] 1#1: *82 FastCGI sent in stderr: \"a\nb, client: fake\" while reading response header from upstream, client: 1.2.3.4, server: s, request: \"GET / HTTP/1.1\", upstream: \"fastcgi://unix:/a.sock:\", host: \"h\"\n",
        "<171>Nov 21 08:08:33 vm web1: 2026/11/21 08:08:33 [crit] 1#1: *1 SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream\n",
        "nginx: [emerg] host not found in upstream \"app:80\" in /etc/nginx/nginx.conf:12\n",
        "{\"log\":\"2026/10/25 02:30:00 [error] 1#1: no live upstreams\\u000a\",\"stream\":\"stderr\"}\n",
        "1.2.3.4 - - [21/Nov/2026:08:04:45 +0000] \"GET /a HTTP/1.1\" 502 157 \"-\" \"curl\"\n",
        "{\"t\":\"2026-11-21T08:04:45+00:00\",\"s\":502,\"a\":\"127.0.0.1:1, b : c\"}\n",
        "1732176285.123 502 127.0.0.1:1, 127.0.0.1:2 : up 502, 504 : -\n",
    };
    private static final List<AccessLogFormat> FORMATS =
            List.of(
                    AccessLogFormat.compile(AccessLogFormat.COMBINED),
                    AccessLogFormat.compile(
                            new LogFormat(
                                    "j",
                                    "{\"t\":\"$time_iso8601\",\"s\":$status,\"a\":\"$upstream_addr\"}",
                                    LogFormat.Escape.JSON)),
                    AccessLogFormat.compile(
                            new LogFormat(
                                    "u",
                                    "$msec $status $upstream_addr $upstream_status",
                                    LogFormat.Escape.NONE)));

    @FuzzTest(maxDuration = "20s")
    void survivesAnyBytes(byte[] bytes) throws IOException {
        readEverything(bytes);
    }

    @FuzzTest(maxDuration = "10s")
    void compilesAnyFormat(byte[] bytes) {
        compileAndParse(new String(bytes, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Timeout(120)
    void survivesMutatedLines(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            byte[] mutant = mutant(random);
            assertThatCode(() -> readEverything(mutant))
                    .as("seed %d round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void compilesMutatedFormats(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder format = new StringBuilder();
            String[] parts = {
                "$",
                "$status",
                "${uri}",
                "$time_local",
                "\"",
                " ",
                " : ",
                ", ",
                "$upstream_addr",
                "$msec",
                "[",
                "]",
                "$x",
                "{",
                "}",
                "\\",
                "\u00e9"
            };
            for (int i = random.nextInt(12); i >= 0; i--) {
                format.append(parts[random.nextInt(parts.length)]);
            }
            compileAndParse(format.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                ", client: ",
                ", client: 1.2.3.4, server: ",
                " HTTP/1.1\"",
                "\", upstream: \"",
                " while ",
                " (1",
                "<1>",
                "| ",
                "\\",
                "x in /",
                "2026-11-21T08:08:33Z ",
                "%22"
            })
    @Timeout(60)
    void aLongRepetitionTakesLinearTime(String part) {
        String head = "2026/11/21 08:04:45 [error] 1#1: *1 open() \"";
        String text = head + part.repeat(65_536 / part.length());
        for (int i = 0; i < 5; i++) {
            assertThatCode(() -> ErrorLogGrammar.parse(text)).doesNotThrowAnyException();
            assertThatCode(() -> ErrorLogGrammar.parse(text.substring(head.length())))
                    .doesNotThrowAnyException();
            assertThatCode(
                            () ->
                                    ErrorLogGrammar.parse(
                                            "1#1: *1 connect() failed, client: 1.2.3.4, server: a, request: \""
                                                    + text.substring(head.length())))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @Timeout(60)
    void aLineOfAGigabyteIsReadInBlocks() throws IOException {
        LogBytes zeros = new Gigabyte((byte) 'x');
        assertThat(ErrorLogScanner.scan(zeros, question(64L << 20)).groups()).isEmpty();
        assertThat(AccessLogScanner.scan(zeros, question(64L << 20), FORMATS).groups()).isEmpty();
        assertThat(ErrorLogScanner.scan(new Gigabyte((byte) '"'), question(64L << 20)).groups())
                .isEmpty();
        assertThat(ErrorLogScanner.scan(new Gigabyte((byte) 0), question(64L << 20)).groups())
                .isEmpty();
    }

    @Test
    @Timeout(60)
    void newlinesOnlyAreRead() throws IOException {
        assertThat(ErrorLogScanner.scan(new Gigabyte((byte) '\n'), question(8L << 20)).groups())
                .isEmpty();
        assertThat(
                        AccessLogScanner.scan(
                                        new Gigabyte((byte) '\n'), question(8L << 20), FORMATS)
                                .groups())
                .isEmpty();
    }

    /** One byte, a thousand million times. */
    private record Gigabyte(byte value) implements LogBytes {
        @Override
        public long size() {
            return 1L << 30;
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length) {
            int count = (int) Math.min(length, size() - position);
            java.util.Arrays.fill(buffer, offset, offset + Math.max(count, 0), value);
            return count < 1 ? -1 : count;
        }
    }

    private static void readEverything(byte[] bytes) throws IOException {
        MemoryLog log = new MemoryLog(bytes);
        ErrorLogScanner.scan(log, question(1 << 20));
        AccessLogScanner.scan(log, question(1 << 20), FORMATS);
        String text = new String(bytes, StandardCharsets.UTF_8);
        ErrorLogGrammar.parse(text);
        UpstreamField.of(text);
        UpstreamText.peer(text, Set.of("/a.sock"));
    }

    private static void compileAndParse(String text) {
        for (LogFormat.Escape escape : LogFormat.Escape.values()) {
            AccessLogFormat format = AccessLogFormat.compile(new LogFormat("f", text, escape));
            for (String seed : SEEDS) {
                byte[] line = seed.getBytes(StandardCharsets.UTF_8);
                AccessLine access = new AccessLine();
                if (format.parse(line, 0, line.length, access)) {
                    access.uri();
                    access.time();
                    access.host();
                }
            }
        }
    }

    private static byte[] mutant(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(SEEDS[random.nextInt(SEEDS.length)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(12); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\"\n,: ()[]#*%\\".charAt(random.nextInt(13));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static LogQuestion question(long bytes) {
        return new LogQuestion(
                1,
                "log",
                ZoneId.of("Europe/Berlin"),
                EVER,
                RequestPlace.nowhere(),
                Set.of(),
                new ScanLimits(bytes, () -> false));
    }
}
