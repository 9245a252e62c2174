package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.RUNNING;
import static dev.gatemend.diagnosis.Containers.confined;
import static dev.gatemend.diagnosis.Containers.container;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.seen;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.SocketTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** nginx in a container dials localhost. */
class ContainerLocalhostTest {
    @Test
    void speaksWhenTheApplicationIsAnotherContainer() {
        MatterBuilder scene = emptyTable(confined(PEER));
        seen(scene, container("proxy", RUNNING, "web", "172.18.0.2"));
        seen(scene, container("shop", RUNNING, "web", "172.18.0.3"));

        Finding verdict = assertVerdict(diagnose(scene), "container-localhost", 0.9);
        assertThat(commands(verdict)).contains("sudo docker exec proxy nginx -s reload");
    }

    @Test
    void speaksWhenTheApplicationIsOnTheHost() {
        MatterBuilder scene = emptyTable(confined(PEER));
        scene.seen(
                new SocketTable(7, List.of(listener("0.0.0.0:8000", 900)), true),
                "sockets",
                "ss -ltnp");

        assertVerdict(diagnose(scene), "container-localhost", 0.9);
    }

    @Test
    void staysSilentOfAnNginxOnTheHostOrOnItsNetwork() {
        assertThat(probability(diagnose(emptyTable(refused())), "container-localhost")).isZero();
        MatterBuilder onHostNetwork =
                seen(emptyTable(confined(PEER)), container("proxy", RUNNING, "host", ""));
        assertThat(probability(diagnose(onHostNetwork), "container-localhost")).isZero();
    }
}
