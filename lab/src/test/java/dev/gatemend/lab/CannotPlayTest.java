package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CannotPlayTest {
    private static final Path NOBODY_STARTS_IT = Path.of("/usr/sbin/nginx");

    @Test
    void aScenarioWhoseScriptFailedBecauseOfTheMachineCannotBePlayed() {
        Scenario scenario =
                Scenario.of("out-of-memory/x", "a test")
                        .setUp(
                                bench -> {
                                    CannotPlay.on(bench, "docker: no bridges here");
                                    throw new IOException("\"setup\" ended with status 1");
                                });

        assertThatThrownBy(() -> LabRun.play(scenario, (_, _) -> List.of(), NOBODY_STARTS_IT))
                .isInstanceOf(CannotPlay.class)
                .hasMessage("docker: no bridges here");
    }

    @Test
    void aScenarioThatFailedByItselfIsBroken() {
        Scenario scenario =
                Scenario.of("out-of-memory/x", "a test")
                        .setUp(
                                _ -> {
                                    throw new IOException("\"setup\" ended with status 1");
                                });

        assertThatIOException()
                .isThrownBy(() -> LabRun.play(scenario, (_, _) -> List.of(), NOBODY_STARTS_IT))
                .isNotInstanceOf(CannotPlay.class)
                .withMessage("\"setup\" ended with status 1");
    }
}
