package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Closed.configured;
import static dev.gatemend.diagnosis.Closed.header;
import static dev.gatemend.diagnosis.Closed.on;
import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.byDefault;
import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepaliveRaceTest {
    private static final KeepaliveRace CAUSE = new KeepaliveRace();
    private static final String ID = "keepalive-race";
    private static final String ORDER = "POST /orders HTTP/1.1";

    @Test
    void speaksWhenThePeerGivesIdleConnectionsUpSooner() {
        MatterBuilder scene = node(pooled(), "node server.js");

        assertThat(told(CAUSE.judge(scene.build())))
                .contains(PEER + " closes idle connections just as nginx uses them again")
                .contains("nginx keeps an idle connection for 60 s, the program there for 5 s")
                .contains("POST is not tried again on another connection")
                .contains("keepalive_timeout 4s;");
        assertThat(probability(diagnose(rarely(scene)), ID)).isGreaterThan(0.9);
    }

    @Test
    void isUnsureOfASingleLine() {
        assertThat(probability(diagnose(on("GET / HTTP/1.1")), ID)).isBetween(0.05, 0.5);
    }

    @Test
    void doubtsWhenClientsGotErrorsForWhatNginxRepeats() {
        MatterBuilder scene =
                rarely(node(on("GET /cart HTTP/1.1"), "node server.js"))
                        .seen(
                                access(502, PEER, NOW.minusSeconds(60), NOW.minusSeconds(1)),
                                "access.log",
                                "");

        assertThat(probability(diagnose(scene), ID)).isLessThan(0.5);
    }

    @Test
    void doubtsWhenMostRequestsFail() {
        MatterBuilder scene =
                node(pooled(), "node server.js")
                        .seen(
                                access(502, PEER, NOW.minusSeconds(60), NOW.minusSeconds(1)),
                                "access.log",
                                "");

        assertThat(told(CAUSE.judge(scene.build()))).doesNotContain("the others were answered");
        assertThat(probability(diagnose(scene), ID)).isLessThan(0.5);
    }

    @Test
    void doubtsWhenTheProgramKeepsThemLonger() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        node(pooled(), "uvicorn shop:app --timeout-keep-alive 75")
                                                .build())))
                .contains("AGAINST the program there keeps an idle connection for 75 s");
    }

    @Test
    void isRuledOutWhenEachRequestHasAConnectionOfItsOwn() {
        assertThat(
                        CAUSE.judge(
                                node(
                                                configured(
                                                        Settings.NONE,
                                                        byDefault("proxy_http_version", "1.0")),
                                                "node server.js")
                                        .build()))
                .isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentWhenAnAnswerHadBegun() {
        assertThat(CAUSE.judge(on(ORDER, "reading upstream").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder node(MatterBuilder failing, String command) {
        return serving(failing, pooled(), command);
    }

    private static MatterBuilder node(NginxConfiguration configuration, String command) {
        return serving(on(ORDER), configuration, command);
    }

    private static MatterBuilder serving(
            MatterBuilder failing, NginxConfiguration configuration, String command) {
        String name = command.substring(0, command.indexOf(' '));
        return failing.seen(configuration, "configuration", "")
                .seen(table(listener(PEER, 950)), "sockets", "")
                .seen(process(950, name, command, Duration.ofDays(1), ""), "processes", "");
    }

    private static MatterBuilder rarely(MatterBuilder scene) {
        for (int i = 0; i < 5; i++) {
            scene.seen(
                    access(200, PEER, NOW.minusSeconds(600 + i), NOW.minusSeconds(1)),
                    "access.log",
                    "");
        }
        return scene;
    }

    private static NginxConfiguration pooled() {
        return configured(
                Settings.of(List.of(setting(4, "keepalive", "16"))),
                setting(13, "proxy_http_version", "1.1"),
                header(14, "Connection", ""));
    }
}
