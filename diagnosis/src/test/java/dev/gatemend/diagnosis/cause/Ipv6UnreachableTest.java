package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.libc;
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
import dev.gatemend.model.Routes.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An IPv6 address, and no way for it. */
class Ipv6UnreachableTest {
    @Test
    void speaksWhenNothingRoutesIpv6() {
        MatterBuilder scene =
                unreachable("[2001:db8::7]:8000")
                        .seen(routes(), "routes", "ip -6 route")
                        .seen(libc("app.internal", "2001:db8::7", "10.0.0.5"), "dns", "getent");

        Finding verdict = assertVerdict(diagnose(scene), "ipv6-unreachable", 0.95);
        assertThat(verdict.title())
                .isEqualTo("nginx's network has no way for IPv6 to [2001:db8::7]:8000");
        assertThat(verdict.remedies().toString()).contains("(10.0.0.5) in place of app.internal");
    }

    @Test
    void isRuledOutWhenARouteLeadsThere() {
        Routes withIpv6 =
                new Routes(
                        NETWORK,
                        List.of(new Route("::/0", Optional.of("2001:db8:1::1"), "eth0", false)),
                        List.of(),
                        true);

        assertThat(
                        ruledOut(
                                diagnose(
                                        unreachable("[2001:db8::7]:8000")
                                                .seen(withIpv6, "routes", "ip -6 route"))))
                .contains("ipv6-unreachable");
    }

    @Test
    void staysSilentOfAnIpv4Peer() {
        assertThat(probability(diagnose(unreachable("10.9.0.5:8000")), "ipv6-unreachable"))
                .isZero();
    }

    private static MatterBuilder unreachable(String peer) {
        return new MatterBuilder()
                .peer(peer)
                .logged(
                        "connect-to-failed-enetunreach",
                        "connect() to %s failed (101: Network is unreachable)".formatted(peer),
                        101,
                        "connecting to upstream")
                .seen(
                        configuration(PassKind.PROXY, "shop", List.of("app.internal:8000")),
                        "configuration",
                        "nginx.conf");
    }
}
