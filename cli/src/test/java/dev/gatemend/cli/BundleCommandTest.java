package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatemend.host.LookRequest;
import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCommandTest {
    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @TempDir private Path directory = Path.of("");

    private Path configuration() {
        return directory.resolve("nginx.conf");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    /** Requests that were refused, with a secret in what the application says. */
    @BeforeEach
    void writeConfigurationAndLog() throws IOException {
        Files.writeString(
                configuration(),
                """
                events {}
                http {
                    access_log off;
                    error_log DIRECTORY/error.log;
                    server {
                        listen 127.0.0.1:8;
                        server_name shop.example;
                        location / { fastcgi_pass 127.0.0.1:9; }
                    }
                }
                """
                        .replace("DIRECTORY", directory.toString()));
        Files.writeString(
                directory.resolve("error.log"),
                """
                %s [error] 12#12: *3 FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught PDOException: \
                cannot connect with password=hunter2 for jane@shop.example" while reading response header from \
                upstream, client: 203.0.113.9, server: shop.example, request: "GET /?mail=jane HTTP/1.1", upstream: \
                "fastcgi://127.0.0.1:9", host: "shop.example"
                """
                        .formatted(LOG_TIME.format(Instant.now())));
    }

    @Test
    void writesDownAllThatADiagnosisUses() throws IOException {
        Played played = bundle("shop.json");

        assertThat(played.err()).isEmpty();
        assertThat(played.status()).isZero();
        assertThat(played.out())
                .matches("(?s)wrote \\S*/shop.json: \\d+ kB, readable by its owner only\\R.*")
                .contains("  holds       ", " last 15 min: ")
                .containsPattern("logs\\s+\\d")
                .containsPattern(
                        "  redacted    \\d+ secrets? and \\d address(es)? of clients and users\\R")
                .contains("  read it by  gatemend diagnose --bundle ");
        assertThat(Files.readString(directory.resolve("shop.json")))
                .startsWith("{\"schema\":\"gatemend.bundle/1\",\"writer\":")
                .doesNotContain("hunter2", "jane", "203.0.113.9");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("shop.json"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.json", "shop.json.gz"})
    void diagnosesToTheSameBytesAsTheHostItself(String name) throws Exception {
        Snapshot seen = look();
        String here = json(Discretion.REDACTED.of(seen));
        var rest = dev.gatemend.host.bundle.Redacted.of(seen);
        BundleFile.write(
                new Bundle("1.2.3", Optional.of(rest.tally()), rest.snapshot()),
                directory.resolve(name),
                false);

        Played there = Played.of("diagnose", "--json", "--bundle", file(name));

        assertThat(here).contains("app-error").doesNotContain("hunter2");
        assertThat(withoutTimeOfRun(there.out())).isEqualTo(withoutTimeOfRun(here));
        assertThat(there.status()).isIn(1, 3);
    }

    @Test
    void redactsWhenReadingWhatWasWrittenWithItsSecrets() throws Exception {
        Snapshot seen = look();
        BundleFile.write(
                new Bundle("1.2.3", Optional.empty(), seen), directory.resolve("all.json"), false);

        Played quiet = Played.of("diagnose", "--json", "--bundle", file("all.json"));
        Played open = Played.of("diagnose", "--json", "--no-redact", "--bundle", file("all.json"));

        assertThat(withoutTimeOfRun(quiet.out()))
                .isEqualTo(withoutTimeOfRun(json(Discretion.REDACTED.of(seen))))
                .doesNotContain("hunter2");
        assertThat(open.out()).contains("hunter2");
    }

    @Test
    void keepsSecretsWhenToldTo() throws IOException {
        Played played = bundle("shop.json", "--no-redact");

        assertThat(played.out())
                .contains("redacted    nothing, as you asked for: keep it to yourself");
        assertThat(Files.readString(directory.resolve("shop.json")))
                .contains("hunter2", "203.0.113.9");
    }

    @Test
    void writesToStandardOutputAndTheRestBesideIt() {
        Played played = Played.of("bundle", "-o", "-", "--config", configuration().toString());

        assertThat(played.out()).startsWith("{\"schema\":\"gatemend.bundle/1\"").endsWith("]}}\n");
        assertThat(played.err()).startsWith("wrote it to standard output");
    }

    @Test
    void replacesAFileOnlyWhenToldTo() throws IOException {
        Files.writeString(directory.resolve("shop.json"), "mine");

        Played refused = bundle("shop.json");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo(
                        "gatemend: "
                                + file("shop.json")
                                + ": is there already; --force replaces it\n");
        assertThat(directory.resolve("shop.json")).hasContent("mine");

        assertThat(bundle("shop.json", "--force").status()).isZero();
        assertThat(Files.readString(directory.resolve("shop.json"))).startsWith("{\"schema\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bundle | where to? write it as in gatemend bundle -o shop.json",
                "bundle -o | -o needs FILE",
                "bundle -o / | /: is a directory",
                "bundle -o /nonexistent/a.json | /nonexistent: is no directory",
                "bundle -o /dev/null --force | /dev/null: is not a regular file",
                "diagnose --bundle /nonexistent | /nonexistent: no such file",
                "diagnose --bundle / | /: is a directory",
                "diagnose --bundle pom.xml --since 5m | --bundle looks at nothing else: leave out --since"
            })
    void mistakesEndWithCodeTwoAndOneClearLine(String words, String complaint) {
        Played played = Played.of(words.split(" ", -1));

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).isEqualTo("gatemend: " + complaint + "\n");
    }

    @Test
    void whatIsNoBundleIsRefusedInOneLine() {
        Played played = Played.of("diagnose", "--bundle", "pom.xml");

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).startsWith("gatemend: pom.xml: is no bundle").hasLineCount(1);
    }

    @Test
    void leavesNothingOfAFileThatCouldNotBeWritten() throws IOException {
        Path file = directory.resolve("new.json");

        assertThatThrownBy(
                        () ->
                                NewFile.write(
                                        file,
                                        false,
                                        out -> {
                                            out.write("half".getBytes(StandardCharsets.UTF_8));
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + ": cannot be written: No space left on device");
        assertThat(directory).isDirectoryNotContaining("glob:**{new,.part}*");
    }

    private Played bundle(String name, String... more) {
        return Played.of(
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "bundle",
                                        "-o",
                                        file(name),
                                        "--timezone",
                                        "UTC",
                                        "--config",
                                        configuration().toString()),
                                java.util.Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private Snapshot look() throws InterruptedException {
        return Examination.look(
                        new LookRequest(
                                Window.endingAt(Instant.now(), Duration.ofMinutes(15)),
                                ZoneOffset.UTC,
                                Optional.of(configuration()),
                                Optional.empty(),
                                Optional.empty()))
                .snapshot();
    }

    private static String json(Snapshot snapshot) {
        return Rendering.json(Examination.of(snapshot).report(), Discretion.REDACTED::of);
    }

    private static String withoutTimeOfRun(String json) {
        return json.replaceFirst("\"tookSeconds\" : [0-9.E-]+", "");
    }
}
