package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.routes;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Routes;
import dev.gatemend.model.Routes.Neighbour;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No way, or nobody at its end. */
class HostUnreachableTest {
    @Test
    void speaksWhenThePeerDoesNotAnswerOnItsLink() {
        MatterBuilder scene =
                failed("10.0.0.5:8000", 113, "No route to host")
                        .seen(
                                routes(new Neighbour("10.0.0.5", "eth0", false)),
                                "routes",
                                "ip route; ip neigh");

        Finding verdict = assertVerdict(diagnose(scene), "host-unreachable", 0.85);
        assertThat(verdict.title()).isEqualTo("no machine answers at 10.0.0.5 on its own network");
    }

    @Test
    void speaksWhenNoRouteLeadsThere() {
        MatterBuilder scene =
                failed("172.16.0.5:8000", 101, "Network is unreachable")
                        .seen(
                                new Routes(NETWORK, List.of(), List.of(), true),
                                "routes",
                                "ip route");

        Finding verdict = assertVerdict(diagnose(scene), "host-unreachable", 0.85);
        assertThat(verdict.title()).isEqualTo("no route leads from nginx's network to 172.16.0.5");
    }

    @Test
    void speaksOfTheGatewayWhenThatIsSilent() {
        MatterBuilder scene =
                failed("172.16.0.5:8000", 113, "No route to host")
                        .seen(
                                new Routes(
                                        NETWORK,
                                        routes().routes(),
                                        List.of(new Neighbour("10.0.0.1", "eth0", false)),
                                        true),
                                "routes",
                                "ip route; ip neigh");

        assertThat(assertVerdict(diagnose(scene), "host-unreachable", 0.8).title())
                .isEqualTo("the gateway 10.0.0.1 to 172.16.0.5 does not answer");
    }

    @Test
    void isRuledOutWhenTheMachineAnswersOnItsLink() {
        MatterBuilder scene =
                failed("10.0.0.5:8000", 113, "No route to host")
                        .seen(
                                routes(new Neighbour("10.0.0.5", "eth0", true)),
                                "routes",
                                "ip route; ip neigh");

        assertThat(ruledOut(diagnose(scene))).contains("host-unreachable");
    }

    @Test
    void staysUnsureWhenTheWayGoesOnBehindAGateway() {
        MatterBuilder scene =
                failed("172.16.0.5:8000", 110, "Connection timed out")
                        .seen(routes(), "routes", "ip route; ip neigh");

        assertThat(probability(diagnose(scene), "host-unreachable")).isBetween(0.01, 0.4);
    }

    @Test
    void staysSilentOfThisHostsOwnAddresses() {
        MatterBuilder scene = failed("127.0.0.1:8000", 110, "Connection timed out");

        assertThat(probability(diagnose(scene), "host-unreachable")).isZero();
    }

    private static MatterBuilder failed(String peer, int errno, String text) {
        return new MatterBuilder()
                .peer(peer)
                .logged(
                        errno == 110
                                ? "upstream-timed-out-connecting"
                                : "connect-failed-ehostunreach",
                        (errno == 110 ? "upstream timed out (%d: %s)" : "connect() failed (%d: %s)")
                                .formatted(errno, text),
                        errno,
                        "connecting to upstream")
                .seen(
                        configuration(PassKind.PROXY, "shop", List.of(peer)),
                        "configuration",
                        "nginx.conf");
    }
}
