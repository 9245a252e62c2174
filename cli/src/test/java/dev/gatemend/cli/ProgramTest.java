package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
    @Test
    void saysItsVersionAsThePomHasIt() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        Played played = Played.of("--version");

        assertThat(played.status()).isZero();
        assertThat(played.out()).matches("gatemend \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(pom).contains("<version>" + played.out().strip().substring(9) + "</version>");
    }

    @Test
    void listsItsCommandsWithOneSentenceEach() {
        Played played = Played.of("--help");

        assertThat(played.status()).isZero();
        assertThat(played.out())
                .containsPattern("diagnose +Look at this host")
                .contains("explain", "nginx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "diagnse | unknown command 'diagnse'; did you mean diagnose?",
                "xyzzy | unknown command 'xyzzy'; gatemend --help lists what there is",
                "diagnose --jsn | unknown option '--jsn'; did you mean --json?",
                "diagnose now | unknown argument 'now'; gatemend diagnose --help lists what there is",
                "diagnose --since | --since needs DURATION",
                "diagnose --since 5 | --since 5 is no duration; write it as in 90s, 15m, 2h or 1d",
                "diagnose --since 0m | --since 0m: between 1s and 366d",
                "diagnose --timezone Mars | --timezone Mars is no time zone; write it as in Europe/Berlin, UTC or +02:00",
                "diagnose --url ftp://x | --url ftp://x: write it as in https://shop.example/cart",
                "diagnose --config /nonexistent/nginx.conf | /nonexistent/nginx.conf: no such file",
                "diagnose --config / | /: is a directory",
                "diagnose --config /dev/zero | /dev/zero: is not a regular file",
                "diagnose --json --markdown | --json and --markdown: one of them",
                "diagnose --from /nonexistent | /nonexistent: no such file",
                "diagnose --from /nonexistent --from / | /nonexistent: no such file; /: is a directory",
                "diagnose --from - --url http://x/ | --from looks at nothing else: leave out --url",
                "diagnose --from - --bundle x | --from and --bundle: one of them",
                "lab score /nonexistent | /nonexistent: no such file",
                "nginx | which command? gatemend nginx --help lists them",
                "nginx reprint | gatemend nginx reprint needs FILE",
                "nginx classify /nonexistent | /nonexistent: no such file",
                "explain wrong-prt | unknown cause 'wrong-prt'; did you mean wrong-port?"
            })
    void mistakesEndWithCodeTwoAndOneClearLine(String words, String complaint) {
        Played played = Played.of(words.split(" "));

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.out()).isEmpty();
        assertThat(played.err()).isEqualTo("gatemend: " + complaint + "\n");
    }

    @Test
    void showsAStackTraceOnlyWhenAskedTo() {
        assertThat(Played.of("diagnose", "--since", "x").err()).doesNotContain("\tat ");
        assertThat(Played.of("diagnose", "--since", "x", "--debug").err()).contains("\tat ");
    }

    @Test
    void complaintsShowControlsInsteadOfObeyingThem() {
        assertThat(Played.of("\u001b[2J").err()).doesNotContain("\u001b").contains("\\x1b[2J");
    }

    @Test
    void reprintsByteForByte(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("nginx.conf");
        String text = "# ü\r\nevents{}\thttp { server { listen 80 ; } }   \n\n";
        Files.writeString(file, text);

        Played played = Played.of("nginx", "reprint", file.toString());

        assertThat(played.out()).isEqualTo(text);
        assertThat(played.status()).isZero();
    }

    @Test
    void reprintNamesThePlaceOfWhatNginxRefuses(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, "events {}\nhttp {\n  server {\n");

        Played played = Played.of("nginx", "reprint", file.toString());

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.out()).isEmpty();
        assertThat(played.err())
                .matches(
                        java.util.regex.Pattern.quote(file.toString())
                                + ":\\d+:\\d+: .*unexpected end of file.*\\R");
    }

    @Test
    void classifiesEachEntryOnALineOfItsOwn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("error.log");
        Files.writeString(
                file,
                """
                2026/11/21 10:00:00 [error] 12#12: *3 connect() failed (111: Connection refused) while connecting to \
                upstream, client: 192.0.2.1, server: shop.example, request: "GET /x HTTP/1.1", upstream: \
                "http://127.0.0.1:8000/x", host: "shop.example"
                2026/11/21 10:00:01 [notice] 12#12: signal process started
                """);

        Played played = Played.of("nginx", "classify", file.toString(), "--timezone", "+01:00");

        assertThat(played.out().lines())
                .containsExactly(
                        """
                        {"line":1,"id":"connect-failed-econnrefused","level":"error","time":"2026-11-21T09:00:00.000Z",\
                        "errno":111,"phase":"connecting to upstream","upstream":"http://127.0.0.1:8000/x",\
                        "client":"192.0.2.1","server":"shop.example","request":"GET /x HTTP/1.1",\
                        "host":"shop.example","referrer":null,"message":"connect() failed (111: Connection refused)"}""",
                        """
                        {"line":2,"id":null,"level":"notice","time":"2026-11-21T09:00:01.000Z","errno":null,\
                        "phase":null,"upstream":null,"client":null,"server":null,"request":null,"host":null,\
                        "referrer":null,"message":"signal process started"}""");
    }

    @Test
    void classifyHasNoTimeWhereNoZoneIsKnown(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("error.log");
        Files.writeString(file, "2026/11/21 10:00:01 [notice] 12#12: signal process started\n");

        assertThat(Played.of("nginx", "classify", file.toString()).out()).contains("\"time\":null");
    }
}
