package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Address;
import dev.gatemend.model.LocalPorts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** nginx has a connection to the peer, or one that just ended, on every local port there is. */
class EphemeralPortExhaustionTest {
    @Test
    void speaksWhenNearlyEveryPortHasAConnectionToThePeer() {
        assertVerdict(diagnose(ports(failed(PEER), 28_100)), "ephemeral-port-exhaustion", 0.9);
    }

    @Test
    void speaksOfTheLineAlone() {
        assertVerdict(diagnose(failed(PEER)), "ephemeral-port-exhaustion", 0.6);
    }

    @Test
    void isUnsureWhenFewPortsAreTakenWhileItFails() {
        assertThat(probability(diagnose(ports(failed(PEER), 12)), "ephemeral-port-exhaustion"))
                .isLessThan(0.5);
    }

    @Test
    void staysSilentOfIpv6WhereErrno99IsAHostWithoutIt() {
        assertThat(probability(diagnose(failed("[2001:db8::7]:8000")), "ephemeral-port-exhaustion"))
                .isZero();
    }

    private static MatterBuilder failed(String peer) {
        return new MatterBuilder()
                .peer(peer)
                .logged(
                        "connect-failed-eaddrnotavail",
                        "connect() to %s failed (99: Cannot assign requested address)"
                                .formatted(peer),
                        99,
                        "connecting to upstream");
    }

    private static MatterBuilder ports(MatterBuilder scene, int taken) {
        Address.Tcp peer = (Address.Tcp) Address.parse(PEER, 0).orElseThrow();
        return scene.seen(
                new LocalPorts(
                        NETWORK,
                        32_768,
                        60_999,
                        List.of(new LocalPorts.Towards(peer, taken, taken / 2))),
                "connections",
                "ss -tan");
    }
}
