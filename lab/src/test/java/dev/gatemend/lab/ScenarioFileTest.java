package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScenarioFileTest {
    @Test
    void namesAllMistakesOfAFileAtOnceEachAtItsPlace() {
        assertThatThrownBy(
                        () ->
                                ScenarioFile.read(
                                        "x.yaml", "a/b", "story: s\nbrake: stop\nneeds: [perl]\n"))
                .hasMessageContaining("x.yaml:2:1: unknown key \"brake\"; did you mean \"break\"?")
                .hasMessageContaining("x.yaml:3:9: unknown need");
    }

    @Test
    void readsTheScenariosOfThisModule() {
        assertThat(ScenarioFolders.all())
                .extracting(Scenario::id)
                .contains("stale-socket/python-killed");
    }
}
