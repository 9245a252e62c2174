package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Address;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MalformedUpstreamResponseTest {
    private static final String PEER = "127.0.0.1:8000";
    private static final MalformedUpstreamResponse CAUSE = new MalformedUpstreamResponse();

    @Test
    void speaksOfLengthAndEncodingAtOnceAndOfTheVersionThatRefusesIt() {
        Judgement judgement =
                CAUSE.judge(
                        sent(
                                        "upstream-cl-and-te",
                                        "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time")
                                .build());

        assertThat(told(judgement))
                .contains("127.0.0.1:8000 sends Content-Length and Transfer-Encoding at once")
                .contains("refuses that since 1.23.0")
                .contains("proxy_http_version 1.0;");
    }

    @Test
    void namesTheHeaderThatIsSentTwice() {
        Judgement judgement =
                CAUSE.judge(
                        sent(
                                        "upstream-duplicate-header-fatal",
                                        "upstream sent duplicate header line: \"Content-Length: 2\", previous value: \"Content-Length: 2\"")
                                .build());

        assertThat(told(judgement)).contains("sends a header twice ('Content-Length: 2')");
    }

    @Test
    void saysSinceWhenABlankInANameIsRefused() {
        assertThat(told(CAUSE.judge(invalid("Bad\\x20...")))).contains("since 1.21.1");
        assertThat(told(CAUSE.judge(invalid("Bad\\x80...")))).doesNotContain("since 1.21.1");
    }

    @Test
    void theSameDefectInAProbeIsProof() {
        Judgement judgement =
                CAUSE.judge(
                        sent(
                                        "upstream-cl-and-te",
                                        "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time")
                                .seen(
                                        probe(
                                                new ProbeOutcome.Answered(
                                                        "HTTP/1.1 200 OK",
                                                        200,
                                                        60,
                                                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked")),
                                        "probe",
                                        "curl -I")
                                .build());

        assertThat(told(judgement)).contains("FOR its answer to a probe shows the same");
    }

    @Test
    void anotherProtocolSpeaksAgainstIt() {
        Judgement judgement =
                CAUSE.judge(
                        noStatusLine()
                                .seen(
                                        probe(
                                                new ProbeOutcome.Answered(
                                                        "SSH-2.0-OpenSSH_9.2", -1, -1)),
                                        "probe",
                                        "nc")
                                .build());

        assertThat(told(judgement)).contains("AGAINST it speaks SSH");
    }

    @Test
    void yieldsToTheMismatchWhereTheStatusLineIsMissing() {
        assertThat(
                        new Diagnostician(Causes.all())
                                .diagnose(noStatusLine().snapshot())
                                .getFirst()
                                .findings()
                                .getFirst()
                                .cause())
                .isEqualTo("protocol-mismatch");
    }

    @Test
    void staysSilentOnTheFrameThatIsHttp() {
        assertThat(
                        CAUSE.judge(
                                sent(
                                                "grpc-too-large-frame",
                                                "upstream sent too large http2 frame: 4740180")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnAHeaderThatIsOnlyTooBig() {
        assertThat(
                        CAUSE.judge(
                                sent("upstream-sent-too-big-header", "upstream sent too big header")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static dev.gatemend.diagnosis.Matter invalid(String fragment) {
        return sent(
                        "upstream-invalid-header-proxy",
                        "upstream sent invalid header: \"" + fragment + "\"")
                .build();
    }

    private static MatterBuilder noStatusLine() {
        return sent("upstream-no-valid-http-header", "upstream sent no valid HTTP/1.0 header");
    }

    private static MatterBuilder sent(String id, String message) {
        return new MatterBuilder()
                .trouble(Trouble.BAD_RESPONSE)
                .peer(PEER)
                .seen(Written.pass("http", PEER), "configuration", "nginx.conf")
                .logged(id, message, 0, "reading response header from upstream");
    }

    private static PeerProbe probe(ProbeOutcome outcome) {
        return new PeerProbe(
                Address.parse(PEER, 80).orElseThrow(),
                MatterBuilder.NETWORK,
                PeerProbe.Kind.HTTP,
                outcome,
                Duration.ofMillis(2));
    }
}
