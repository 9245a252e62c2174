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
import dev.gatemend.model.Finding;
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
