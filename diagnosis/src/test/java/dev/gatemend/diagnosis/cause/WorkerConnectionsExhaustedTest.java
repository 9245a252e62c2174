package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.setting;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All connection slots of a worker are taken. */
class WorkerConnectionsExhaustedTest {
    @Test
    void speaksOnTheAlertAndComputesALimitThatSuffices() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "worker-connections-not-enough",
                                "768 worker_connections are not enough",
                                0,
                                "connecting to upstream")
                        .seen(
                                configuration(
                                        PassKind.PROXY,
                                        "shop",
                                        List.of(PEER),
                                        setting("worker_connections", "768")),
                                "config",
                                "nginx.conf");

        Finding verdict = assertVerdict(diagnose(scene), "worker-connections-exhausted", 0.9);
        assertThat(verdict.title()).isEqualTo("nginx's 768 worker_connections are used up");
        assertThat(verdict.remedies().getFirst().steps().getFirst().explanation())
                .contains("/etc/nginx/conf.d/shop.conf:9")
                .contains("worker_connections 4096;")
                .contains("worker_rlimit_nofile 8192;");
    }

    @Test
    void staysSilentOnARefusedConnect() {
        assertThat(probability(diagnose(refused()), "worker-connections-exhausted")).isZero();
    }
}
