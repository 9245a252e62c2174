package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application is alive and does not serve yet. */
class AppNotReadyTest {
    private static final String COMMAND = "/usr/bin/gunicorn --bind " + PEER + " shop:app";

    @Test
    void speaksWhenAYoungProcessShouldListenThereAndDoesNot() {
        Finding verdict =
                assertVerdict(
                        diagnose(log(alive(Duration.ofSeconds(40)), 950, "Loading model")),
                        "app-not-ready",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo("gunicorn (PID 950) is still starting: nobody serves " + PEER + " yet");
    }

    @Test
    void speaksWhenSystemdIsStillStartingIt() {
        assertVerdict(
                diagnose(
                        seen(
                                emptyTable(refused()),
                                unit("shop.service", "activating", "start-pre", COMMAND))),
                "app-not-ready",
                0.6);
    }

    @Test
    void staysSilentWhenSystemdWaitsToStartItAgain() {
        MatterBuilder scene =
                seen(
                        emptyTable(refused()),
                        unit("shop.service", "activating", "auto-restart", COMMAND));

        assertThat(probability(diagnose(scene), "app-not-ready")).isZero();
    }

    @Test
    void staysSilentWhenTheProcessIsOld() {
        assertThat(probability(diagnose(alive(Duration.ofHours(3))), "app-not-ready")).isZero();
    }

    @Test
    void staysSilentOfAToolThatOnlyConnects() {
        Map<String, String> tools =
                Map.of(
                        "watch", "watch curl -s " + PEER,
                        "wait-for-it.sh", "/bin/bash ./wait-for-it.sh " + PEER,
                        "prober", "prober --target " + PEER,
                        "script", "script -c watch curl -s " + PEER,
                        "tmux: server", "tmux new-session watch curl " + PEER,
                        "screen", "SCREEN -dm watch curl " + PEER,
                        "su", "su deploy -c gunicorn -b " + PEER,
                        "sh", "sh -c sleep 1; watch curl -s " + PEER);
        tools.forEach(
                (name, command) -> {
                    MatterBuilder scene =
                            emptyTable(refused())
                                    .seen(
                                            process(950, name, command, Duration.ofSeconds(40), ""),
                                            "processes",
                                            "ps -p 950");

                    assertThat(probability(diagnose(scene), "app-not-ready")).as(name).isZero();
                    assertThat(diagnose(scene).findings().getFirst().evidence())
                            .as(name)
                            .noneMatch(e -> e.text().contains("is alive"));
                });
    }

    @Test
    void speaksOfTheApplicationThatAWrapperStarted() {
        MatterBuilder scene =
                alive(Duration.ofSeconds(40))
                        .seen(
                                process(
                                        940,
                                        "su",
                                        "su deploy -c " + COMMAND,
                                        Duration.ofSeconds(40),
                                        ""),
                                "processes",
                                "ps -p 940");

        assertThat(assertVerdict(diagnose(scene), "app-not-ready", 0.6).title())
                .startsWith("gunicorn (PID 950)");
    }

    @Test
    void isUnsureOfAProcessThatCameLongAfterTheFirstFailure() {
        double probability = probability(diagnose(alive(Duration.ofSeconds(3))), "app-not-ready");

        assertThat(probability).isLessThan(0.8);
    }

    @Test
    void staysSilentWhenTheProcessListensElsewhere() {
        MatterBuilder scene =
                refused()
                        .seen(table(listener("127.0.0.1:8001", 950)), "sockets", "ss -ltnp")
                        .seen(
                                process(950, "gunicorn", COMMAND, Duration.ofSeconds(40), ""),
                                "processes",
                                "ps -p 950");

        assertThat(probability(diagnose(scene), "app-not-ready")).isZero();
    }

    @Test
    void stepsBackWhenTheRunBeforeFailedAtItsStart() {
        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                alive(Duration.ofSeconds(2)),
                                                950,
                                                "Starting gunicorn",
                                                "ModuleNotFoundError: No module named 'shop'",
                                                "Starting gunicorn")),
                                "app-not-ready"))
                .isLessThan(0.2);
    }

    private static MatterBuilder alive(Duration age) {
        return emptyTable(refused())
                .seen(process(950, "gunicorn", COMMAND, age, ""), "processes", "ps -p 950");
    }
}
