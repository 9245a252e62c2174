package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.RUNNING;
import static dev.gatemend.diagnosis.Containers.confined;
import static dev.gatemend.diagnosis.Containers.container;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.life;
import static dev.gatemend.diagnosis.Containers.seen;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Container;
import dev.gatemend.model.Container.Publication;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** nginx dials a container's inner port on the host, or its published port inside. */
class ContainerPortMappingTest {
    private static final Publication OTHER = new Publication("127.0.0.1", 18_000, 8000);

    @Test
    void speaksWhenTheInnerPortIsDialledOnTheHost() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                seen(
                                        emptyTable(refused()),
                                        container("shop", RUNNING, "bridge", "172.17.0.2", OTHER))),
                        "container-port-mapping",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo(
                        "nginx dials 127.0.0.1:8000; of container shop, its port 8000 is published as 127.0.0.1:18000");
    }

    @Test
    void speaksWhenThePublishedPortIsDialledInside() {
        MatterBuilder scene = confined("172.18.0.3:18000");
        seen(scene, container("proxy", RUNNING, "web", "172.18.0.2"));
        seen(scene, container("shop", RUNNING, "web", "172.18.0.3", OTHER));

        assertVerdict(diagnose(scene), "container-port-mapping", 0.8);
    }

    @Test
    void staysSilentOfAContainerThatDoesNotRun() {
        Container stopped = container("shop", life("exited", 0, false), "bridge", "", OTHER);

        assertThat(
                        probability(
                                diagnose(seen(emptyTable(refused()), stopped)),
                                "container-port-mapping"))
                .isZero();
    }
}
