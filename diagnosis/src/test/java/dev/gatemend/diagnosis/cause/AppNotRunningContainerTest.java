package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.behind;
import static dev.gatemend.diagnosis.Containers.life;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

/** What a stopped container says for app-not-running. */
class AppNotRunningContainerTest {
    @Test
    void namesAStoppedContainer() {
        Finding verdict =
                assertVerdict(diagnose(behind(life("exited", 0, false))), "app-not-running", 0.9);

        assertThat(verdict.title())
                .isEqualTo("container shop is not running: nobody listens on 127.0.0.1:8000");
        assertThat(commands(verdict)).contains("sudo docker start shop");
    }

    @Test
    void isLessSureOfAContainerThatFellOver() {
        assertThat(probability(diagnose(behind(life("exited", 1, false))), "app-not-running"))
                .isLessThan(
                        probability(diagnose(behind(life("exited", 0, false))), "app-not-running"));
    }

    @Test
    void saysNothingOfAContainerThatIsBeingRestarted() {
        Finding verdict = diagnose(behind(life("restarting", 1, false))).findings().getFirst();

        assertThat(commands(verdict)).doesNotContain("sudo docker start shop");
    }
}
