package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.libc;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.SocketTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** localhost means two addresses, the application listens on one. */
class Ipv6LocalhostTest {
    @Test
    void speaksWhenTheOtherLoopbackAddressIsServed() {
        MatterBuilder scene = localhost("[::1]:8000", table(listener("127.0.0.1:8000", 900)));

        Finding verdict = assertVerdict(diagnose(scene), "ipv6-localhost", 0.95);
        assertThat(verdict.title())
                .isEqualTo(
                        "localhost leads to [::1]:8000, node (PID 900) listens on 127.0.0.1:8000 only");
    }

    @Test
    void speaksWhenTheApplicationTookTheIpv6AddressAlone() {
        MatterBuilder scene = localhost("127.0.0.1:8000", table(listener("[::1]:8000", 900)));

        assertVerdict(diagnose(scene), "ipv6-localhost", 0.95);
    }

    @Test
    void staysSilentWhenNobodyListensOnEither() {
        MatterBuilder scene = localhost("[::1]:8000", table());

        assertThat(probability(diagnose(scene), "ipv6-localhost")).isZero();
        assertVerdict(diagnose(scene), "app-not-running", 0.7);
    }

    @Test
    void staysSilentWhenTheConfigurationWritesTheAddressItself() {
        MatterBuilder scene =
                refused("[::1]:8000")
                        .seen(
                                configuration(PassKind.PROXY, "shop", List.of("[::1]:8000")),
                                "configuration",
                                "nginx.conf")
                        .seen(table(listener("127.0.0.1:8000", 900)), "sockets", "ss -ltnp")
                        .seen(NODE, "processes", "ps");

        assertThat(probability(diagnose(scene), "ipv6-localhost")).isZero();
        assertVerdict(diagnose(scene), "wrong-bind-address", 0.8);
    }

    private static MatterBuilder localhost(String dialled, SocketTable sockets) {
        return refused(dialled)
                .seen(
                        configuration(PassKind.PROXY, "shop", List.of("localhost:8000")),
                        "configuration",
                        "nginx.conf")
                .seen(libc("localhost", "::1", "127.0.0.1"), "dns", "getent ahosts localhost")
                .seen(sockets, "sockets", "ss -ltnp")
                .seen(NODE, "processes", "ps");
    }
}
