package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.CONFINED;
import static dev.gatemend.diagnosis.Containers.RUNNING;
import static dev.gatemend.diagnosis.Containers.container;
import static dev.gatemend.diagnosis.Containers.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** nginx's container and the one it means share no network. */
class DockerNetworkMismatchTest {
    @Test
    void speaksWhenNoNetworkIsShared() {
        Finding verdict =
                assertVerdict(diagnose(twoContainers("back")), "docker-network-mismatch", 0.8);

        assertThat(commands(verdict)).contains("sudo docker network connect back proxy");
    }

    @Test
    void isRuledOutWhenOneIsShared() {
        Diagnosis diagnosis = diagnose(twoContainers("front"));

        assertThat(ruledOut(diagnosis)).contains("docker-network-mismatch");
    }

    @Test
    void leadsWhenTheEnginesNameServerDoesNotKnowTheNameOnNginxsNetwork() {
        assertVerdict(diagnose(unresolved("back")), "docker-network-mismatch", 0.95);
    }

    @Test
    void leavesANameUnknownOnASharedNetworkToTheResolver() {
        Diagnosis diagnosis = diagnose(unresolved("front"));

        assertVerdict(diagnosis, "resolver-cannot-resolve", 0.95);
        assertThat(ruledOut(diagnosis)).contains("docker-network-mismatch");
    }

    private static MatterBuilder unresolved(String networkOfShop) {
        MatterBuilder scene =
                new MatterBuilder(CONFINED)
                        .name("shop")
                        .logged(
                                "upstream-name-could-not-be-resolved-host-not-found",
                                "shop could not be resolved (3: Host not found)",
                                0,
                                "")
                        .seen(
                                new DnsLookup(
                                        "shop",
                                        DnsLookup.LIBC,
                                        DnsLookup.Outcome.NO_SUCH_NAME,
                                        List.of()),
                                "dns",
                                "getent ahosts shop")
                        .seen(
                                new DnsLookup(
                                        "shop",
                                        "127.0.0.11:53",
                                        DnsLookup.Outcome.NO_SUCH_NAME,
                                        List.of()),
                                "dns",
                                "dig @127.0.0.11 shop");
        seen(scene, container("proxy", RUNNING, "front", "172.18.0.2"));
        return seen(scene, container("shop", RUNNING, networkOfShop, "172.19.0.2"));
    }

    private static MatterBuilder twoContainers(String networkOfShop) {
        MatterBuilder scene =
                new MatterBuilder(CONFINED)
                        .peer("172.19.0.2:8000")
                        .logged(
                                "upstream-timed-out-connecting",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                "connecting to upstream");
        seen(scene, container("proxy", RUNNING, "front", "172.18.0.2"));
        return seen(scene, container("shop", RUNNING, networkOfShop, "172.19.0.2"));
    }
}
