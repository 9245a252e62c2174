package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String FORMAT =
            "$remote_addr [$time_local] \"$request\" $status $upstream_addr $upstream_status"
                    + " $upstream_header_time $host";

    private static final String ACCESS =
            """
            192.0.2.1 [21/Nov/2026:12:00:00 +0100] "GET /a HTTP/1.1" 200 127.0.0.1:8000 200 0.010 shop.example
            192.0.2.2 [21/Nov/2026:12:00:10 +0100] "GET /b HTTP/1.1" 502 127.0.0.1:8000 502 - shop.example
            192.0.2.3 [21/Nov/2026:12:10:00 +0100] "GET /c HTTP/1.1" 503 127.0.0.1:8001 503 0.004 old.example
            192.0.2.4 [21/Nov/2026:12:20:00 +0100] "GET /d HTTP/1.1" 200 127.0.0.1:8000, 127.0.0.1:8001 502, 200 -, 0.011 shop.example
            """;

    private static final String ERRORS =
            """
            2026/11/21 12:00:10 [error] 12#12: *3 connect() failed (111: Connection refused) while connecting to \
            upstream, client: 192.0.2.2, server: shop.example, request: "GET /b HTTP/1.1", upstream: \
            "http://127.0.0.1:8000/b", host: "shop.example"
            """;

    @TempDir Path directory;
    private String access = "";
    private String errors = "";

    @BeforeEach
    void writeLogs() throws IOException {
        access = file("access.log", ACCESS);
        errors = file("error.log", ERRORS);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void theFirstLineSaysWhoMadeThem() {
        Played played = Played.of("logs", access, errors, "--format", FORMAT);

        assertThat(played.status()).isEqualTo(ExitCode.TROUBLE);
        assertThat(played.err()).isEmpty();
        assertThat(played.out())
                .startsWith(
                        """
                        2 of 4 requests failed (5xx): 1 made by nginx, 1 by an upstream, 0 unknown;
                          1 more failed at a peer first and was saved by a retry
                        """)
                .contains("(+01:00)", "127.0.0.1:8000", "access.log:2");
    }

    @Test
    void calmIsOneLineAndCodeZero() throws IOException {
        String calm = file("calm.log", ACCESS.lines().findFirst().orElseThrow() + "\n");

        Played played = Played.of("logs", calm, "--format", FORMAT);

        assertThat(played.status()).isEqualTo(ExitCode.FINE);
        assertThat(played.out()).startsWith("nothing wrong: none of 1 request failed (5xx)\n");
    }

    @Test
    void formatsComeFromTheConfiguration() throws IOException {
        String configuration =
                file(
                        "nginx.conf",
                        "events {} http { log_format timed '%s'; server { access_log %s timed; } }"
                                .formatted(FORMAT, access));

        assertThat(Played.of("logs", access, "--config", configuration).out())
                .contains("format timed", "2 of 4 requests failed");
        assertThat(Played.of("logs", access, "--config", configuration, "--format", "timd").err())
                .contains("has no such log_format; did you mean timed?");
        assertThat(Played.of("logs", access, "--config", configuration, "--format", "timed").out())
                .contains("2 of 4 requests failed");
    }

    @Test
    void aWrongFormatShowsALineThatDoesNotFit() {
        Played played = Played.of("logs", access, "--format", "[$time_local] $status $remote_addr");

        assertThat(played.status()).isEqualTo(ExitCode.USAGE);
        assertThat(played.out()).startsWith("nothing to count: no line fits the format\n");
        assertThat(played.err())
                .contains("--format: 4 of 4 lines do not fit, as ", "access.log:1: 192.0.2.1 [21");
    }

    @Test
    void countsNothingButANumber() {
        assertThat(Played.of("logs", access, "--format", FORMAT, "--count").out()).isEqualTo("2\n");
        assertThat(count("--status", "200")).isEqualTo("2\n");
        assertThat(count("--status", "502,2xx")).isEqualTo("3\n");
        assertThat(count("--site", "old.example")).isEqualTo("1\n");
        assertThat(count("--peer", "127.0.0.1:8000")).isEqualTo("1\n");
    }

    private String count(String... words) {
        String[] all =
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "logs", access, "--format", FORMAT, "--count"),
                                Arrays.stream(words))
                        .toArray(String[]::new);
        return Played.of(all).out();
    }

    @Test
    void timesAreThoseOfTheLogs() {
        assertThat(count("--since", "12:05")).isEqualTo("1\n");
        assertThat(count("--until", "12:05")).isEqualTo("1\n");
        assertThat(count("--since", "15m")).isEqualTo("1\n");
        assertThat(count("--since", "2026-11-21T11:00:05Z")).isEqualTo("2\n");
        assertThat(count("--since", "2026-11-21T12:00:05", "--until", "2026-11-21T12:10"))
                .isEqualTo("1\n");
    }

    @Test
    void aLengthOfTimeNeedsAnEndThatCanBeSeen() {
        assertThat(Played.of("logs", errors, "--since", "15m").err())
                .contains("write it as in 2026-11-21T12:00");
    }

    @Test
    void whatWasReadableOfATornFileIsCountedWithCodeOne() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            IntStream.range(0, 20_000)
                    .forEach(
                            i ->
                                    write(
                                            out,
                                            ACCESS.replace(
                                                    "192.0.2.1", "192.0.2." + i * 7919 % 251)));
        }
        Path torn = directory.resolve("access.log.1.gz");
        Files.write(torn, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        Played played = Played.of("logs", torn.toString(), "--format", FORMAT);

        assertThat(played.status()).isEqualTo(ExitCode.TROUBLE);
        assertThat(played.err()).hasLineCount(1).contains("access.log.1.gz: ", "gzip");
        assertThat(played.out()).contains("requests failed (5xx)");
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatCannotBeOpenedKeepsNobodyFromTheRest() {
        Played some = Played.of("logs", access, directory.resolve("gone.log").toString());
        Played none = Played.of("logs", directory.resolve("gone.log").toString());

        assertThat(some.status()).isEqualTo(ExitCode.TROUBLE);
        assertThat(some.out()).contains("requests failed");
        assertThat(some.err()).contains("gone.log: no such file");
        assertThat(none.status()).isEqualTo(ExitCode.USAGE);
        assertThat(none.out()).isEmpty();
    }

    @Test
    void whatIsNoLogEndsWithCodeTwo() throws IOException {
        Played played = Played.of("logs", file("prose.txt", "it was\na dark night\n"));

        assertThat(played.status()).isEqualTo(ExitCode.USAGE);
        assertThat(played.err()).contains("nothing to count: no line is of an nginx log");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Played played =
                Played.of("logs", access, "--json", "--csv", "--since", "x", "--status", "foo");

        assertThat(played.status()).isEqualTo(ExitCode.USAGE);
        assertThat(played.err())
                .hasLineCount(1)
                .contains("--json and --csv: one of them", "--since x", "'foo' is no status");
    }

    @Test
    void everyShapeCanGoToAFileThatIsNotOverwritten() throws IOException {
        Path page = directory.resolve("page.html");
        String[] words = {"logs", access, "--html", "-o", page.toString()};

        assertThat(Played.of(words).out()).isEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
        assertThat(Played.of(words).err()).contains("page.html: is there already");
        assertThat(Played.of("logs", access, "--csv").out())
                .startsWith("section,name,measure,value\r\n");
        assertThat(Played.of("logs", access, "--json").out())
                .contains("\"schema\" : \"gatemend.logs/1\"");
    }
}
