package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorEntry;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLogGrammarTest {
    private static final String REFUSED =
            "2026/11/21 08:04:45 [error] 3651#3651: *1 connect() failed (111: Connection refused) while connecting to"
                    + " upstream, client: 127.0.0.1, server: exp.example, request: \"GET /x HTTP/1.1\", upstream:"
                    + " \"http://127.0.0.1:9201/x\", host: \"exp.example\"";

    @Test
    void takesAnEntryApart() {
        ErrorEntry entry = parse(REFUSED + ", referrer: \"http://ref/\"");
        assertThat(entry.id()).contains("connect-failed-econnrefused");
        assertThat(entry.aboutUpstream()).isTrue();
        assertThat(entry.level()).contains("error");
        assertThat(entry.time()).contains(LocalDateTime.of(2026, 11, 21, 8, 4, 45));
        assertThat(entry.pid()).hasValue(3651);
        assertThat(entry.connection()).hasValue(1);
        assertThat(entry.message()).isEqualTo("connect() failed (111: Connection refused)");
        assertThat(entry.errno()).hasValue(111);
        assertThat(entry.phase()).contains("connecting to upstream");
        assertThat(entry.client()).contains("127.0.0.1");
        assertThat(entry.server()).contains("exp.example");
        assertThat(entry.request()).contains("GET /x HTTP/1.1");
        assertThat(entry.upstream()).contains("http://127.0.0.1:9201/x");
        assertThat(entry.host()).contains("exp.example");
        assertThat(entry.referrer()).contains("http://ref/");
        assertThat(entry.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<171>Nov 21 08:08:33 vm web1: ",
                "<171>Nov 21 08:08:33 web1: ",
                "Nov 21 08:08:33 vm nginx[812]: ",
                "Nov  1 08:08:33 vm nginx: ",
                "<171>1 2026-11-21T08:08:33.123456Z vm nginx 812 - - ",
                "1 2026-11-21T08:08:33.123456+01:00 vm nginx - - [x@1 a=\"b\"] ",
                "2026-11-21T08:08:33+0100 vm nginx[812]: ",
                "2026-11-21T08:08:33.123456789Z ",
                "2026-11-21T08:08:33.123456789Z stderr F ",
                "web_1  | ",
                "shop-nginx-1  | 2026-11-21T08:08:33.123456789Z ",
                "[pod/web-6d4cf56db6-abcde/nginx] 2026-11-21T08:08:33.123456789Z ",
                "2026-11-21T08:08:33.123456789Z [pod/web-6d4cf56db6-abcde/nginx] "
            })
    void readsThroughThePrefixOfACollector(String prefix) {
        assertThat(parse(prefix + REFUSED)).isEqualTo(parse(REFUSED));
    }

    @Test
    void readsDockersJsonLines() {
        String json =
                "{\"log\":\""
                        + REFUSED.replace("\"", "\\\"")
                        + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T08:08:33Z\"}";
        assertThat(parse(json)).isEqualTo(parse(REFUSED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026/11/21 08:04:45 [error] 1#1: *1 connect() failed (111: Conn | connect-failed-econnrefused",
                "2026/11/21 08:04:45 [error] 1#1: *1 upstream prematurely closed conn | upstream-prematurely-closed-header",
                "2026/11/21 08:04:45 [error] 1#1: *1 connect() failed (111: Connection refused) while connecting to up | connect-failed-econnrefused",
                "connect() failed (111: Connection refused) while connecting to upstream, client: 1.2.3.4, server: x, request: \"GET / | connect-failed-econnrefused",
                "connect() to unix:/run/a.sock failed (2: No such file or directory) while connecting to upstream | connect-to-failed-enoent",
            })
    void knowsAMessageWhoseEndWasCut(String line, String id) {
        ErrorEntry entry = parse(line);
        assertThat(entry.aboutUpstream()).isTrue();
        assertThat(entry.id()).contains(id);
        assertThat(entry.cut()).isEqualTo(!line.endsWith("to upstream"));
    }

    @Test
    void saysThatALineOfFullLengthIsCut() {
        String line = REFUSED.replace("/x HTTP", "/" + "q".repeat(3000));
        assertThat(parse(line.substring(0, 2_047)).cut()).isTrue();
        assertThat(parse(line.substring(0, 2_047)).upstream()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/11/21 08:04:45 [error] 1#1: *1 open() \"/var/www/html/favicon.ico\" failed (2: No such file or directory), client: 1.2.3.4, server: _, request: \"GET /favicon.ico HTTP/1.1\", host: \"h\"",
                "2026/11/21 08:04:45 [info] 1#1: *1 SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking, client: 1.2.3.4, server: 0.0.0.0:443",
                "2026/11/21 08:04:45 [info] 1#1: *1 recv() failed (104: Connection reset by peer) while sending to client, client: 1.2.3.4, server: _, request: \"GET / HTTP/1.1\", upstream: \"http://127.0.0.1:9/\", host: \"h\"",
                "2026/11/21 08:04:45 [info] 1#1: *1 client sent invalid request while reading client request line, client: 1.2.3.4, server: _, request: \"GET /x\", upstream: \"http://127.0.0.1:9/\", host: \"x\"",
                "2026/11/21 08:04:45 [notice] 1#1: signal process started",
            })
    void staysSilentAboutWhatConcernsNoUpstream(String line) {
        ErrorEntry entry = parse(line);
        assertThat(entry.aboutUpstream()).isFalse();
        assertThat(entry.id()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello, world",
                "127.0.0.1 - - [21/Nov/2026:08:04:45 +0000] \"GET / HTTP/1.1\" 502 157 \"-\" \"curl\"",
                "server { listen 80; }",
                "Nov 21 08:08:33 vm systemd[1]: Started nginx.service",
                "2026-11-21 08:08:33,123 ERROR application failed"
            })
    void isNoEntry(String line) {
        assertThat(ErrorLogGrammar.parse(line)).isEmpty();
    }

    @Test
    void aForgedReferrerDoesNotBecomeThePeer() {
        ErrorEntry entry =
                parse(REFUSED + ", referrer: \"x\", upstream: \"http://evil/\", host: \"y\"");
        assertThat(entry.upstream()).contains("http://127.0.0.1:9201/x");
        assertThat(entry.host()).contains("exp.example");
    }

    @Test
    void aForgedRequestDoesNotBecomeThePeer() {
        String line =
                REFUSED.replace(
                        "GET /x HTTP/1.1",
                        "GET /x\", upstream: \"http://evil/\", host: \"y HTTP/1.1");
        ErrorEntry entry = parse(line);
        assertThat(entry.upstream()).contains("http://127.0.0.1:9201/x");
        assertThat(entry.request())
                .contains("GET /x\", upstream: \"http://evil/\", host: \"y HTTP/1.1");
    }

    @Test
    void aWholeContextForgedInAReferrerIsOnlyAReferrer() {
        String forged =
                "x\", client: 6.6.6.6, server: evil, request: \"GET / HTTP/1.1\", upstream: \"http://evil/\", host: \"evil";
        ErrorEntry entry = parse(REFUSED + ", referrer: \"" + forged + "\"");
        assertThat(entry.client()).contains("127.0.0.1");
        assertThat(entry.upstream()).contains("http://127.0.0.1:9201/x");
        assertThat(entry.referrer()).contains(forged);
    }

    @Test
    void ofTwoContextsBehindAQuotedPathNeitherIsBelieved() {
        String line =
                "2026/11/21 08:04:45 [error] 1#1: *1 open() \"/www/\" failed (111: Connection refused) while connecting to upstream,"
                        + " client: 6.6.6.6, server: evil, request: \"GET / HTTP/1.1\", upstream: \"http://evil/\", host: \"y\" failed"
                        + " (2: No such file or directory), client: 127.0.0.1, server: a, request: \"GET /%22 HTTP/1.1\", host: \"a\"";
        ErrorEntry entry = parse(line);
        assertThat(entry.upstream()).isEmpty();
        assertThat(entry.client()).isEmpty();
    }

    @Test
    void readsStreamLines() {
        ErrorEntry entry =
                parse(
                        "2026/11/21 08:08:34 [error] 8954#8954: *1 connect() failed (111: Connection refused) while connecting to upstream, udp client: 127.0.0.1, server: 127.0.0.1:9610, upstream: \"127.0.0.1:9609\", bytes from/to client:0/0, bytes from/to upstream:0/0");
        assertThat(entry.upstream()).contains("127.0.0.1:9609");
        assertThat(entry.server()).contains("127.0.0.1:9610");
        assertThat(entry.cut()).isFalse();
        assertThat(entry.id()).contains("stream-connect-failed-111");
    }

    @Test
    void readsACopyOnStandardError() {
        ErrorEntry entry =
                parse(
                        "nginx: [emerg] host not found in upstream \"app:8080\" in /etc/nginx/nginx.conf:12");
        assertThat(entry.level()).contains("emerg");
        assertThat(entry.id()).contains("upstream-config-host-not-found");
        assertThat(entry.message()).endsWith("nginx.conf:12");
    }

    @Test
    void joinsTheLinesOfOneEntry() {
        List<ErrorEntry> entries =
                read(
                        "2026/11/21 08:05:02 [error] 1#1: *82 FastCGI sent in stderr: \"PHP message: PHP Warning:  first \"quoted\" line",
                        "2026/11/21 is not a stamp",
                        "PHP message: PHP Fatal error:  second line, client: fake\" while reading response header from upstream, client: 127.0.0.1, server: exp.example, request: \"GET /f HTTP/1.1\", upstream: \"fastcgi://127.0.0.1:9219\", host: \"exp.example\"",
                        REFUSED);
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().continuation()).isEqualTo(2);
        assertThat(entries.getFirst().upstream()).contains("fastcgi://127.0.0.1:9219");
        assertThat(entries.getFirst().message()).contains("second line");
    }

    @Test
    void aLineForgedByAnEncodedNewlineIsNoEntry() {
        List<ErrorEntry> entries =
                read(
                        "2026/11/21 08:05:02 [error] 1#1: *82 open() \"/var/www/html/",
                        REFUSED,
                        "\" failed (2: No such file or directory), client: 127.0.0.1, server: _, request: \"GET /%0A HTTP/1.1\", host: \"h\"",
                        REFUSED);
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().id()).isEmpty();
        assertThat(entries.getFirst().upstream()).isEmpty();
        assertThat(entries.getFirst().aboutUpstream()).isFalse();
        assertThat(entries.getFirst().phase()).isEmpty();
    }

    @Test
    void anUpstreamsFailureInsideAPathIsNone() {
        ErrorEntry entry =
                parse(
                        "2026/11/21 08:04:45 [error] 1#1: *1 open() \"/www/x\" failed (111: Connection refused) while connecting to upstream\" failed"
                                + " (2: No such file or directory), client: 127.0.0.1, server: a, request: \"GET /x%22 HTTP/1.1\", host: \"a\"");

        assertThat(entry.aboutUpstream()).isFalse();
    }

    @Test
    void aTemporaryFileOfAnUpstreamsAnswerIsTheUpstreams() {
        ErrorEntry entry =
                parse(
                        "2026/11/21 08:04:45 [crit] 1#1: *1 open() \"/var/lib/nginx/proxy/1/00/0000000001\" failed (13: Permission denied) while reading upstream,"
                                + " client: 127.0.0.1, server: a, request: \"GET / HTTP/1.1\", upstream: \"http://127.0.0.1:8000/\", host: \"a\"");

        assertThat(entry.aboutUpstream()).isTrue();
        assertThat(entry.phase()).isPresent();
    }

    @Test
    void aLineForgedBehindAQuoteOfTheClientsIsNoEntry() {
        assertThat(
                        read(
                                "2026/11/21 08:05:02 [error] 1#1: *82 open() \"/var/www/html/x\"",
                                REFUSED,
                                "\" failed (2: No such file or directory), client: 127.0.0.1, server: _, request: \"GET /x%22%0A HTTP/1.1\", host: \"h\"",
                                REFUSED))
                .hasSize(2);
    }

    /** The client made the path so long that nginx cut off what would close the entry. */
    @Test
    void aLineForgedInAnEntryThatWasCutIsNoEntry() {
        String first = "2026/11/21 08:05:02 [error] 1#1: *82 open() \"/var/www/html/";
        int left = ErrorLogGrammar.LONGEST_ENTRY - first.length() - REFUSED.length() - 2;

        assertThat(read(first, REFUSED, "x".repeat(left), REFUSED)).hasSize(2);
        assertThat(read(first, REFUSED, "\uFFFD" + "x".repeat(left - 2), REFUSED)).hasSize(2);
        assertThat(
                        read(
                                first + "x".repeat(left + 1),
                                REFUSED,
                                "2026/11/21 08:05:03 [notice] 1#1: signal process started"))
                .hasSize(2);
        assertThat(read(first, REFUSED, "x".repeat(left - 9), REFUSED)).hasSize(3);
    }

    @Test
    void aRequestThatNamesNobodyHidesNothing() {
        assertThat(
                        read(
                                "2026/11/21 08:05:02 [error] 1#1: *82 no context of \"x\"",
                                REFUSED,
                                REFUSED))
                .hasSize(3);
    }

    @Test
    void anEntryThatIsNeverClosedHidesNothing() {
        List<ErrorEntry> entries =
                read(
                        "2026/11/21 08:05:02 [error] 1#1: *82 FastCGI sent in stderr: \"torn",
                        REFUSED,
                        REFUSED,
                        REFUSED);
        assertThat(entries).hasSize(4);
        assertThat(entries.getFirst().id()).contains("fastcgi-stderr");
    }

    private static List<ErrorEntry> read(String... lines) {
        List<ErrorEntry> entries = new ArrayList<>();
        ErrorLogReader reader =
                new ErrorLogReader(
                        new ErrorLogReader.Sink() {
                            @Override
                            public void entry(long position, ErrorEntry entry, String text) {
                                entries.add(entry);
                            }

                            @Override
                            public void unparsed(long position, String line) {}
                        });
        for (int i = 0; i < lines.length; i++) {
            reader.line(i + 1, lines[i]);
        }
        reader.end();
        return entries;
    }

    private static ErrorEntry parse(String line) {
        return ErrorLogGrammar.parse(line).orElseThrow();
    }
}
