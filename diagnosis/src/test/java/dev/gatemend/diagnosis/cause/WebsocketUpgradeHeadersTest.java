package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Closed.configured;
import static dev.gatemend.diagnosis.Closed.header;
import static dev.gatemend.diagnosis.Closed.on;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.byDefault;
import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebsocketUpgradeHeadersTest {
    private static final WebsocketUpgradeHeaders CAUSE = new WebsocketUpgradeHeaders();
    private static final String ID = "websocket-upgrade-headers";
    private static final String CHAT = "GET /ws/?EIO=3&transport=websocket&sid=abc HTTP/1.1";

    @Test
    void speaksWhenTheLocationSendsNoUpgrade() {
        String told = told(CAUSE.judge(on(CHAT).seen(plain(), "configuration", "").build()));

        assertThat(told)
                .contains("nginx does not pass on that clients ask " + PEER + " for a WebSocket")
                .contains("not in effect: proxy_http_version 1.1;")
                .contains("proxy_set_header Upgrade $http_upgrade;");
        assertThat(probability(diagnose(on(CHAT).seen(plain(), "configuration", "")), ID))
                .isGreaterThan(0.8);
    }

    @Test
    void oneLineIsASuspicionAndNoVerdict() {
        assertThat(probability(diagnose(on(CHAT)), ID)).isBetween(0.3, 0.75);
    }

    @Test
    void speaksByTheApplicationsWordsWhateverThePath() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                on("GET /live HTTP/1.1")
                                                        .seen(plain(), "configuration", ""),
                                                950,
                                                "websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header")),
                                ID))
                .isGreaterThan(0.8);
    }

    @Test
    void speaksWhenUpgradeIsForcedOnEveryRequest() {
        NginxConfiguration forced =
                configured(
                        Settings.NONE,
                        setting(13, "proxy_http_version", "1.1"),
                        header(14, "Upgrade", "websocket"),
                        header(15, "Connection", "upgrade"));

        assertThat(
                        told(
                                CAUSE.judge(
                                        on("GET /cart HTTP/1.1")
                                                .seen(forced, "configuration", "")
                                                .seen(answers(), "probes", "")
                                                .build())))
                .contains("asks " + PEER + " to switch to WebSocket with every request")
                .contains("asked without these headers, it answers");
    }

    @Test
    void isRuledOutWhenTheHeadersAreSent() {
        NginxConfiguration right =
                configured(
                        Settings.NONE,
                        setting(13, "proxy_http_version", "1.1"),
                        header(14, "Upgrade", "$http_upgrade"),
                        header(15, "Connection", "$connection_upgrade"));

        assertThat(CAUSE.judge(on(CHAT).seen(right, "configuration", "").build()))
                .isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentOnPagesAndOnConnectionsThatWereSwitched() {
        assertThat(
                        CAUSE.judge(
                                on("GET /cart?from=/ws HTTP/1.1")
                                        .seen(plain(), "configuration", "")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(on(CHAT, "proxying upgraded connection").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static NginxConfiguration plain() {
        return configured(
                Settings.NONE,
                byDefault("proxy_http_version", "1.0"),
                byDefault("proxy_set_header", "Connection", "close"));
    }

    private static PeerProbe answers() {
        return new PeerProbe(
                Address.parse(PEER, 80).orElseThrow(),
                NETWORK,
                PeerProbe.Kind.HTTP,
                new ProbeOutcome.Answered("HTTP/1.1 200 OK\r\n", 200, 40),
                Duration.ofMillis(2));
    }
}
