package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Address;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProtocolMismatchTest {
    private static final String PEER = "127.0.0.1:9000";
    private static final String READING = "reading response header from upstream";
    private static final ProtocolMismatch CAUSE = new ProtocolMismatch();

    @Test
    void speaksWhenAFastcgiPassMeetsAnHttpServer() {
        Matter matter =
                failing(Trouble.BAD_RESPONSE, "fastcgi", PEER)
                        .logged(
                                "fastcgi-bad-version",
                                "upstream sent unsupported FastCGI protocol version: 72",
                                0,
                                READING)
                        .build();

        assertThat(told(CAUSE.judge(matter)))
                .contains("nginx speaks FastCGI to 127.0.0.1:9000, which speaks HTTP/1")
                .contains("72 is the letter H")
                .contains(
                        "in /etc/nginx/conf.d/shop.conf:12 write: proxy_pass http://127.0.0.1:9000;");
    }

    @Test
    void translatesTheFrameThatIsText() {
        Matter matter =
                failing(Trouble.BAD_RESPONSE, "grpc", PEER)
                        .logged(
                                "grpc-too-large-frame",
                                "upstream sent too large http2 frame: 4740180",
                                0,
                                READING)
                        .build();

        assertThat(told(CAUSE.judge(matter)))
                .contains("'HTT'")
                .contains("proxy_pass http://127.0.0.1:9000;")
                .contains("raising buffers");
    }

    @Test
    void translatesOtherTextsReadAsALength() {
        // 0x353533 is "553"; 0x150303 the head of a TLS alert.
        assertThat(frame(0x353533)).contains("is the text '553'");
        assertThat(frame(0x150303)).contains("which speaks TLS").contains("grpcs://");
    }

    @Test
    void aFrameThatIsNoTextIsNoMismatch() {
        Matter matter =
                failing(Trouble.BAD_RESPONSE, "grpc", PEER)
                        .logged(
                                "grpc-too-large-frame",
                                "upstream sent too large http2 frame: 65536",
                                0,
                                READING)
                        .build();

        assertThat(CAUSE.judge(matter)).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void speaksWhenHttpsMeetsPlainHttp() {
        Matter matter =
                failing(Trouble.TLS, "https", PEER)
                        .logged(
                                "ssl-handshake-wrong-version-number",
                                "SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number)",
                                0,
                                "SSL handshaking to upstream")
                        .seen(
                                probe(PeerProbe.Kind.HTTP, answered("HTTP/1.1 200 OK\r\n", 200)),
                                "probe",
                                "curl -I")
                        .build();

        assertThat(told(CAUSE.judge(matter)))
                .contains("nginx speaks HTTPS to 127.0.0.1:9000, which speaks HTTP/1")
                .contains("proxy_pass http://127.0.0.1:9000;");
    }

    @Test
    void speaksWhenHttpMeetsAServerOfTls() {
        Matter matter =
                failing(Trouble.CLOSED, "http", PEER)
                        .logged(
                                "recv-econnreset-header",
                                "recv() failed (104: Connection reset by peer)",
                                104,
                                READING)
                        .seen(
                                probe(PeerProbe.Kind.TLS, new ProbeOutcome.Connected("TLSv1.3")),
                                "probe",
                                "openssl s_client")
                        .build();

        assertThat(told(CAUSE.judge(matter)))
                .contains("which speaks TLS")
                .contains("proxy_pass https://127.0.0.1:9000; proxy_ssl_server_name on;");
    }

    @Test
    void speaksWhenHttpMeetsPhpFpm() {
        Matter matter = closed("http", owner("php-fpm8.2", "php-fpm: pool www"));

        assertThat(told(CAUSE.judge(matter)))
                .contains("php-fpm8.2 (PID 700) listens there; it speaks FastCGI")
                .contains("fastcgi_pass 127.0.0.1:9000;");
    }

    @Test
    void theNameOfTheSocketIsEnoughBesideAnEarlyClose() {
        Finding first =
                new Diagnostician(Causes.all())
                        .diagnose(
                                failing(Trouble.CLOSED, "http", "unix:/run/php/php8.2-fpm.sock")
                                        .logged(
                                                "upstream-prematurely-closed-header",
                                                "upstream prematurely closed connection",
                                                0,
                                                READING)
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(first.cause()).isEqualTo("protocol-mismatch");
    }

    @Test
    void speaksOfABannerWhereHttpWasExpected() {
        Matter matter =
                failing(Trouble.BAD_RESPONSE, "http", PEER)
                        .logged(
                                "upstream-no-valid-http-header",
                                "upstream sent no valid HTTP/1.0 header",
                                0,
                                READING)
                        .seen(
                                probe(
                                        PeerProbe.Kind.BANNER,
                                        answered("SSH-2.0-OpenSSH_9.2p1\r\n", -1)),
                                "probe",
                                "nc")
                        .build();

        assertThat(told(CAUSE.judge(matter)))
                .contains("which speaks SSH")
                .contains("write the application's address");
    }

    @Test
    void doubtsWhenTheRightProgramListensByNow() {
        Matter matter =
                failing(Trouble.BAD_RESPONSE, "fastcgi", PEER)
                        .logged(
                                "fastcgi-bad-version",
                                "upstream sent unsupported FastCGI protocol version: 72",
                                0,
                                READING)
                        .seen(table(), "sockets", "ss -ltnp")
                        .seen(owner("php-fpm8.2", "php-fpm: master"), "processes", "ps")
                        .build();

        assertThat(told(CAUSE.judge(matter))).contains("AGAINST php-fpm8.2 (PID 700)");
    }

    @Test
    void staysSilentOnAnEarlyCloseByAnHttpServer() {
        assertThat(CAUSE.judge(closed("http", owner("node", "node server.js"))))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(closed("http", owner("gunicorn", "gunicorn app:app"))))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnTlsAlerts() {
        for (String text :
                List.of(
                        "sslv3 alert handshake failure:SSL alert number 40",
                        "tlsv1 alert protocol version:SSL alert number 70",
                        "tlsv1 unrecognized name:SSL alert number 112",
                        "tlsv13 alert certificate required:SSL alert number 116")) {
            Matter matter =
                    failing(Trouble.TLS, "https", "127.0.0.1:80")
                            .logged(
                                    "ssl-handshake-any",
                                    "SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::"
                                            + text
                                            + ")",
                                    0,
                                    "SSL handshaking to upstream")
                            .build();

            assertThat(CAUSE.judge(matter)).as(text).isInstanceOf(Judgement.NotConcerned.class);
        }
    }

    @Test
    void staysSilentOnARefusedConnection() {
        Matter matter =
                failing(Trouble.CONNECT, "fastcgi", "127.0.0.1:3306")
                        .logged(
                                "connect-failed-econnrefused",
                                "connect() failed (111: Connection refused)",
                                111,
                                "connecting to upstream")
                        .build();

        assertThat(CAUSE.judge(matter)).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void aRequestThatImitatesTheMessageIsNotHeard() {
        Matter matter =
                failing(Trouble.TIMEOUT, "http", PEER)
                        .logged(
                                "upstream-timed-out-reading-header",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                READING)
                        .build();

        assertThat(CAUSE.judge(matter)).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static String frame(int length) {
        return told(
                CAUSE.judge(
                        failing(Trouble.BAD_RESPONSE, "grpc", PEER)
                                .logged(
                                        "grpc-too-large-frame",
                                        "upstream sent too large http2 frame: " + length,
                                        0,
                                        READING)
                                .build()));
    }

    private static Matter closed(String scheme, ProcessState owner) {
        return failing(Trouble.CLOSED, scheme, PEER)
                .logged(
                        "upstream-prematurely-closed-header",
                        "upstream prematurely closed connection",
                        0,
                        READING)
                .seen(table(), "sockets", "ss -ltnp")
                .seen(owner, "processes", "ps")
                .build();
    }

    private static MatterBuilder failing(Trouble trouble, String scheme, String peer) {
        return new MatterBuilder()
                .trouble(trouble)
                .peer(peer)
                .seen(Written.pass(scheme, peer), "configuration", "nginx.conf");
    }

    private static PeerProbe probe(PeerProbe.Kind kind, ProbeOutcome outcome) {
        return new PeerProbe(
                Address.parse(PEER, 80).orElseThrow(),
                MatterBuilder.NETWORK,
                kind,
                outcome,
                Duration.ofMillis(2));
    }

    private static ProbeOutcome answered(String bytes, int status) {
        return new ProbeOutcome.Answered(bytes, status, -1);
    }

    private static SocketTable table() {
        return new SocketTable(
                MatterBuilder.NETWORK,
                List.of(
                        new Listener(
                                Address.parse(PEER, 80).orElseThrow(),
                                77,
                                OptionalInt.of(0),
                                OptionalInt.of(511),
                                List.of(700),
                                33,
                                false,
                                OptionalLong.empty())),
                true);
    }

    private static ProcessState owner(String name, String command) {
        return new ProcessState(
                700,
                1,
                name,
                command,
                MatterBuilder.WORKER,
                'S',
                MatterBuilder.NOW.minusSeconds(86_400),
                Namespaces.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }
}
