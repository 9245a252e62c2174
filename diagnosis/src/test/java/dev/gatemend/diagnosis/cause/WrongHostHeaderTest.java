package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Closed.configured;
import static dev.gatemend.diagnosis.Closed.on;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.byDefault;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.PassedOnFixture;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Settings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrongHostHeaderTest {
    private static final WrongHostHeader CAUSE = new WrongHostHeader();
    private static final String ID = "wrong-host-header";
    private static final ProbeOutcome CLOSED = new ProbeOutcome.Closed(false);

    @Test
    void speaksWhenAnotherHostGetsAnAnswer() {
        MatterBuilder scene =
                failing().seen(own(CLOSED), "probes", "").seen(other(200), "probes", "");

        assertThat(told(CAUSE.judge(scene.build())))
                .contains(PEER + " serves shop.example, but nginx asks it for another host")
                .contains("nginx's own host is not answered: the connection is closed")
                .contains("no proxy_set_header Host is in effect")
                .contains("proxy_set_header Host shop.example;");
        assertThat(probability(diagnose(scene), ID)).isGreaterThan(0.9);
    }

    @Test
    void speaksBeforeWhoeverIsSaidToHaveMadeTheStatus() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .seen(configuration(), "configuration", "")
                        .seen(PassedOnFixture.access(503, Optional.of(true)), "access.log", "")
                        .seen(own(answer(503)), "probes", "")
                        .seen(other(200), "probes", "");

        assertThat(probability(diagnose(scene), ID)).isGreaterThan(0.8);
    }

    @Test
    void speaksByTheApplicationsOwnWords() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        log(
                                                        failing(),
                                                        950,
                                                        "Invalid HTTP_HOST header: 'shop_backend'. You may need to add 'shop_backend' to ALLOWED_HOSTS.")
                                                .build())))
                .contains("does not serve the host that nginx names")
                .contains("proxy_set_header Host $host;");
    }

    @Test
    void isRuledOutWhenTheOtherHostIsRefusedAsWell() {
        assertThat(
                        CAUSE.judge(
                                failing()
                                        .seen(own(CLOSED), "probes", "")
                                        .seen(
                                                probe(
                                                        PeerProbe.Kind.OTHER_HOST,
                                                        CLOSED,
                                                        Optional.of("shop.example")),
                                                "probes",
                                                "")
                                        .build()))
                .isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentWhereNoOtherHostWasTried() {
        assertThat(CAUSE.judge(failing().seen(own(CLOSED), "probes", "").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(
                        CAUSE.judge(
                                failing()
                                        .trouble(Trouble.CONNECT)
                                        .seen(own(CLOSED), "probes", "")
                                        .seen(other(200), "probes", "")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder failing() {
        return on("GET / HTTP/1.1").seen(configuration(), "configuration", "");
    }

    private static NginxConfiguration configuration() {
        return configured(Settings.NONE, byDefault("proxy_set_header", "Host", "$proxy_host"));
    }

    private static PeerProbe own(ProbeOutcome outcome) {
        return probe(PeerProbe.Kind.HTTP, outcome, Optional.empty());
    }

    private static PeerProbe other(int status) {
        return probe(PeerProbe.Kind.OTHER_HOST, answer(status), Optional.of("shop.example"));
    }

    private static ProbeOutcome answer(int status) {
        return new ProbeOutcome.Answered("HTTP/1.1 %d x\r\n".formatted(status), status, 40);
    }

    private static PeerProbe probe(
            PeerProbe.Kind kind, ProbeOutcome outcome, Optional<String> host) {
        return new PeerProbe(
                Address.parse(PEER, 80).orElseThrow(),
                NETWORK,
                kind,
                outcome,
                Duration.ofMillis(2),
                host);
    }
}
