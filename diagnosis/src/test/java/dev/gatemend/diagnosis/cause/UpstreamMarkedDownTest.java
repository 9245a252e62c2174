package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The marking does more damage than the failure did. */
class UpstreamMarkedDownTest {
    private static final String ONE = "10.0.0.5:8000";
    private static final String OTHER = "10.0.0.6:8000";

    @Test
    void speaksWhenWellPeersAreLeftAlone() {
        MatterBuilder scene =
                turnedAway(List.of(ONE, OTHER), 40)
                        .seen(connects(ONE), "probe", "nc")
                        .seen(connects(OTHER), "probe", "nc");

        Finding verdict = assertVerdict(diagnose(scene), "upstream-marked-down", 0.9);
        assertThat(verdict.title())
                .isEqualTo("nginx marked all peers of shop down; 40 requests were turned away");
    }

    @Test
    void isRuledOutWhenAPeerTakesNoConnections() {
        MatterBuilder scene =
                turnedAway(List.of(ONE, OTHER), 40)
                        .seen(connects(ONE), "probe", "nc")
                        .seen(
                                new PeerProbe(
                                        Address.parse(OTHER, 80).orElseThrow(),
                                        NETWORK,
                                        PeerProbe.Kind.CONNECT,
                                        new ProbeOutcome.ConnectFailed(111, "Connection refused"),
                                        Duration.ofMillis(1)),
                                "probe",
                                "nc");

        assertThat(
                        new dev.gatemend.diagnosis.Diagnostician(Causes.all())
                                .diagnose(scene.snapshot()).stream()
                                        .flatMap(d -> ruledOut(d).stream()))
                .contains("upstream-marked-down");
    }

    @Test
    void staysSilentOfASinglePeerWhichIsNeverMarked() {
        MatterBuilder scene = turnedAway(List.of(ONE), 40).seen(connects(ONE), "probe", "nc");

        assertThat(diagnose(scene).findings().stream().map(Finding::cause))
                .doesNotContain("upstream-marked-down");
    }

    private static MatterBuilder turnedAway(List<String> peers, long count) {
        ErrorGroup group =
                new ErrorGroup(
                        MASTER.pid(),
                        "/var/log/nginx/error.log",
                        Optional.of("shop"),
                        Optional.of("shop.example"),
                        Optional.of("/"),
                        count,
                        Optional.of(NOW.minusSeconds(9)),
                        Optional.of(NOW.minusSeconds(1)),
                        entry(
                                "no-live-upstreams",
                                "no live upstreams",
                                0,
                                "connecting to upstream"),
                        "/var/log/nginx/error.log:99",
                        40);
        return new MatterBuilder()
                .seen(group, "error.log", "/var/log/nginx/error.log")
                .seen(configuration(PassKind.PROXY, "shop", peers), "configuration", "nginx.conf");
    }
}
