package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Address;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseHeaderTooBigTest {
    private static final String PEER = "127.0.0.1:8000";
    private static final ResponseHeaderTooBig CAUSE = new ResponseHeaderTooBig();

    @Test
    void speaksWithTheBufferInEffectAndATrioThatFits() {
        Judgement judgement =
                CAUSE.judge(
                        tooBig().seen(
                                        Written.pass(
                                                "http",
                                                PEER,
                                                setting(15, "proxy_buffer_size", "8k")),
                                        "configuration",
                                        "nginx.conf")
                                .build());

        assertThat(told(judgement))
                .contains("the response header of 127.0.0.1:8000 exceeds proxy_buffer_size (8k)")
                .contains("in place of /etc/nginx/conf.d/shop.conf:15")
                .contains("proxy_buffer_size 32k;")
                .contains("large_client_header_buffers");
    }

    @Test
    void namesTheDirectiveOfTheModuleThatPasses() {
        Judgement judgement =
                CAUSE.judge(
                        tooBig().seen(Written.pass("fastcgi", PEER), "configuration", "nginx.conf")
                                .build());

        assertThat(told(judgement))
                .contains("fastcgi_buffer_size")
                .doesNotContain("proxy_buffer_size");
    }

    @Test
    void aProbeWithALargerHeaderShowsIt() {
        Judgement judgement = CAUSE.judge(probed(9_100));

        assertThat(told(judgement)).contains("FOR the header it answered with has 9,100 bytes");
    }

    @Test
    void aSmallHeaderOfAnotherPageSaysNothing() {
        assertThat(told(CAUSE.judge(probed(300)))).doesNotContain("AGAINST").doesNotContain("300");
    }

    @Test
    void isRuledOutForTheFrameThatIsHttp() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .trouble(Trouble.BAD_RESPONSE)
                                .peer(PEER)
                                .logged(
                                        "grpc-too-large-frame",
                                        "upstream sent too large http2 frame: 4740180",
                                        0,
                                        "reading response header from upstream")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentOnARefusedConnection() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .peer(PEER)
                                .logged(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static dev.gatemend.diagnosis.Matter probed(int headerBytes) {
        return tooBig().seen(Written.pass("http", PEER), "configuration", "nginx.conf")
                .seen(
                        new PeerProbe(
                                Address.parse(PEER, 80).orElseThrow(),
                                MatterBuilder.NETWORK,
                                PeerProbe.Kind.HTTP,
                                new ProbeOutcome.Answered("HTTP/1.1 200 OK", 200, headerBytes),
                                Duration.ofMillis(3)),
                        "probe",
                        "curl -I http://" + PEER)
                .build();
    }

    private static MatterBuilder tooBig() {
        return new MatterBuilder()
                .trouble(Trouble.BAD_RESPONSE)
                .peer(PEER)
                .logged(
                        "upstream-sent-too-big-header",
                        "upstream sent too big header",
                        0,
                        "reading response header from upstream");
    }
}
