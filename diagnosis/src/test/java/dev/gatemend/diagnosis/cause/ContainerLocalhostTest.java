package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.RUNNING;
import static dev.gatemend.diagnosis.Containers.confined;
import static dev.gatemend.diagnosis.Containers.container;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.seen;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
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
    void speaksOfAnNginxInANamespaceOfItsOwnWhenTheHostHasThePort() {
        assertVerdict(
                diagnose(emptyTable(seenFrom(7, "127.0.0.1:8000"))), "container-localhost", 0.7);
    }

    @Test
    void staysSilentInANamespaceOfItsOwnWhenTheHostHasOnlyAnotherPort() {
        assertThat(
                        probability(
                                diagnose(emptyTable(seenFrom(7, "127.0.0.1:8001"))),
                                "container-localhost"))
                .isZero();
    }

    @Test
    void isOutweighedWhenTheAddressAnsweredInThatNamespaceBefore() {
        MatterBuilder scene =
                emptyTable(seenFrom(7, "127.0.0.1:8000"))
                        .seen(
                                answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                "access.log",
                                "access.log");

        assertVerdict(diagnose(scene), "app-not-running", 0.8);
    }

    @Test
    void staysSilentOfAnNginxOnTheHostWhenAContainerHasThePort() {
        MatterBuilder scene =
                emptyTable(refused())
                        .seen(
                                new SocketTable(7, List.of(listener(PEER, 900)), true),
                                "sockets",
                                "nsenter -t 900 -n ss -ltnp");

        assertThat(probability(diagnose(scene), "container-localhost")).isZero();
    }

    /** The network the program runs in, which it looks at first, is not nginx's. */
    private static MatterBuilder seenFrom(long network, String listens) {
        return refused()
                .seen(
                        new SocketTable(network, List.of(listener(listens, 900)), true),
                        "sockets",
                        "ss -ltnp");
    }

    @Test
    void staysSilentOfAnNginxOnTheHostOrOnItsNetwork() {
        assertThat(probability(diagnose(emptyTable(refused())), "container-localhost")).isZero();
        MatterBuilder onHostNetwork =
                seen(emptyTable(confined(PEER)), container("proxy", RUNNING, "host", ""));
        assertThat(probability(diagnose(onHostNetwork), "container-localhost")).isZero();
    }
}
