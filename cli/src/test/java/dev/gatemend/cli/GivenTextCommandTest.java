package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenTextCommandTest {
    private static final String REPORT =
            """
            nginx-proxy | nginx.1 | 2017/01/23 18:43:39 [error] 27#27: *1 connect() failed (111: Connection refused) \
            while connecting to upstream, client: 172.18.0.1, server: site.example, request: "GET /?token=s3cr3t HTTP/1.1", \
            upstream: "http://172.18.0.2:8000/", host: "site.example"

            compose: VIRTUAL_PORT=8000, ports: 8000:80
            """;

    @TempDir Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void aPastedReportIsDiagnosedAndEndsWithCodeOne() throws IOException {
        Played played = Played.of("diagnose", "--from", file("report.txt", REPORT));

        assertThat(played.status()).isEqualTo(ExitCode.TROUBLE);
        assertThat(played.out())
                .contains("502 on site.example", "report.txt:3", "gatemend explain wrong-port");
        assertThat(played.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void timesOfAnUnknownZoneAreNullAndThoseOfAGivenOneAreNot() throws IOException {
        String file = file("report.txt", REPORT);

        assertThat(Played.of("diagnose", "--json", "--from", file).out())
                .contains("\"first\" : null");
        assertThat(Played.of("diagnose", "--json", "--timezone", "+01:00", "--from", file).out())
                .contains("\"first\" : \"2017-01-23T17:43:39.000Z\"");
    }

    @Test
    void secretsOfTheTextAreTakenOut() throws IOException {
        assertThat(Played.of("diagnose", "--json", "--from", file("report.txt", REPORT)).out())
                .doesNotContain("s3cr3t");
    }

    @Test
    void severalTextsAreJudgedTogetherAlsoPackedOnes() throws IOException {
        Path packed = directory.resolve("error.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(REPORT.getBytes(StandardCharsets.UTF_8));
        }

        Played played =
                Played.of(
                        "diagnose",
                        "--from",
                        packed.toString(),
                        "--from",
                        file("note.txt", "it began on monday"));

        assertThat(played.out()).contains("error.log.gz:3");
    }

    @Test
    void aStatusThatTheTextOnlySpeaksOfIsSaidToBeItsOwnWord() throws IOException {
        Played played =
                Played.of("diagnose", "--from", file("note.txt", "502 Bad Gateway since monday"));

        assertThat(played.out()).startsWith("502, by what the text says; nginx or the app");
    }

    @Test
    void textWithoutTroubleSaysWhatIsMissing() throws IOException {
        Played played = Played.of("diagnose", "--from", file("list.txt", "buy milk\n"));

        assertThat(played.status()).isEqualTo(ExitCode.USAGE);
        assertThat(played.out()).contains("nothing to judge", "error.log");
    }

    @Test
    void anAccessLogWithoutFailuresIsWell() throws IOException {
        Played played =
                Played.of(
                        "diagnose",
                        "--from",
                        file(
                                "access.log",
                                "10.0.0.1 - - [21/Nov/2026:11:00:01 +0200] \"GET / HTTP/1.1\" 200 150 \"-\" \"curl\"\n"));

        assertThat(played.status()).isEqualTo(ExitCode.FINE);
        assertThat(played.out()).contains("nothing wrong in the text: 1 request");
    }

    @Test
    void controlCharactersOfTheTextReachNoTerminal() throws IOException {
        String text = "WORKER TIMEOUT (pid:1) \u001B]0;owned\u0007 \u202Eevil\n";

        assertThat(Played.of("diagnose", "--from", file("evil.txt", text)).out())
                .doesNotContain("\u001B", "\u0007", "\u202E");
    }

    @Test
    void ofALongFileTheEndIsJudged() throws IOException {
        Path file = directory.resolve("long.log");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] line = ("x".repeat(1_023) + "\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10 << 10; i++) {
                out.write(line);
            }
            out.write(REPORT.getBytes(StandardCharsets.UTF_8));
        }

        Played played = Played.of("diagnose", "--from", file.toString());

        assertThat(played.out())
                .contains(
                        "502 on site.example",
                        "gatemend explain wrong-port",
                        "only its end was read");
    }

    @Test
    void explainTakesALineApartAndSaysWhatMayBeBehindIt() {
        Played played =
                Played.of(
                        "explain",
                        "upstream sent too large http2 frame: 4740180 while reading response header from upstream");

        assertThat(played.status()).isZero();
        assertThat(played.out()).contains("grpc-too-large-frame", "protocol-mismatch", "HTT");
    }

    @Test
    void scoringCountsRightAcceptableAndConfidentlyWrongVerdicts() throws IOException {
        String reports =
                """
                {"id":"a","paste":"[CRITICAL] WORKER TIMEOUT (pid:17)","cause":"worker-timeout-kill","also_acceptable":[]}
                {"id":"b","paste":"[CRITICAL] WORKER TIMEOUT (pid:17)","cause":"x","also_acceptable":["worker-timeout-kill"]}
                {"id":"c","paste":"[CRITICAL] WORKER TIMEOUT (pid:17)","cause":"disk-full"}
                {"id":"d","paste":"502","cause":"disk-full"}
                """;

        Played played = Played.of("lab", "score", "--json", file("reports.jsonl", reports));

        assertThat(played.out())
                .contains(
                        "\"reports\" : 4",
                        "\"first\" : 1",
                        "\"acceptable\" : 2",
                        "\"confident\" : 3",
                        "\"confidentWrong\" : 1");
    }

    @Test
    void scoringRefusesWhatIsNoReport() throws IOException {
        assertThat(Played.of("lab", "score", file("x.jsonl", "{\"id\":1}\n")).err())
                .contains("x.jsonl:1: no object with the texts id, paste and cause");
    }
}
