package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No peer may take one more connection. */
class MaxConnsReachedTest {
    private static final String ONE = "10.0.0.5:8000";

    @Test
    void speaksWhenEveryPeerIsLimitedAndWell() {
        Finding verdict =
                assertVerdict(
                        diagnose(turnedAway(2).seen(connects(ONE), "probe", "nc")),
                        "max-conns-reached",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo("shop is at its max_conns (2 in all), so nginx has no peer to ask");
    }

    @Test
    void staysSilentWhenThePeerIsNotLimited() {
        assertThat(
                        probability(
                                diagnose(turnedAway(0).seen(connects(ONE), "probe", "nc")),
                                "max-conns-reached"))
                .isZero();
    }

    private static MatterBuilder turnedAway(int maxConns) {
        ErrorGroup group =
                new ErrorGroup(
                        MASTER.pid(),
                        "/var/log/nginx/error.log",
                        Optional.of("shop"),
                        Optional.of("shop.example"),
                        Optional.of("/"),
                        12,
                        Optional.of(NOW.minusSeconds(9)),
                        Optional.of(NOW.minusSeconds(1)),
                        entry(
                                "no-live-upstreams",
                                "no live upstreams",
                                0,
                                "connecting to upstream"),
                        "/var/log/nginx/error.log:99",
                        12);
        return new MatterBuilder()
                .seen(group, "error.log", "/var/log/nginx/error.log")
                .seen(configuration(maxConns), "configuration", "nginx.conf");
    }

    private static NginxConfiguration configuration(int maxConns) {
        Peer peer =
                new Peer(
                        Address.parse(ONE, 80).orElseThrow(),
                        1,
                        1,
                        Duration.ofSeconds(10),
                        maxConns,
                        false,
                        false,
                        false,
                        Optional.of(Written.at(3)));
        Upstream upstream =
                new Upstream(
                        "shop",
                        false,
                        true,
                        List.of(peer),
                        Settings.NONE,
                        Optional.of(Written.at(2)));
        Pass pass =
                new Pass(
                        PassKind.PROXY,
                        "http",
                        "http://shop",
                        new PassTarget.Group("shop"),
                        Written.at(12));
        return Written.configuration(pass, List.of(upstream));
    }
}
