package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.behind;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.life;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.ended;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Kept;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.SystemdUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application is started and ends before it listens. */
class AppCrashedAtStartTest {
    private static final String UNIT = "shop.service";

    @Test
    void speaksWhenSupervisorGaveItUpOrStillTries() {
        for (String said : List.of("FATAL: Exited too quickly", "BACKOFF: Exited too quickly")) {
            assertVerdict(diagnose(supervised(said)), "app-crashed-at-start", 0.7);
        }
    }

    /** It was up for a while, and was not to be started again. */
    @Test
    void staysSilentWhenSupervisorSawItRunBeforeItEnded() {
        assertThat(probability(diagnose(supervised("EXITED")), "app-crashed-at-start")).isZero();
    }

    private static MatterBuilder supervised(String said) {
        return emptyTable(refused())
                .seen(
                        Kept.program(
                                KeptProgram.Keeper.SUPERVISOR, KeptProgram.State.FAILED, said, 0),
                        "programs",
                        "supervisorctl status");
    }

    @Test
    void speaksWhenSystemdCouldNotExecuteIt() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                seen(
                                        emptyTable(refused()),
                                        ended("failed", "failed", "exit-code", 203, 5))),
                        "app-crashed-at-start",
                        0.8);

        assertThat(verdict.title()).isEqualTo("shop.service ends before it listens on " + PEER);
        assertThat(commands(verdict)).contains("sudo journalctl -u shop.service -n 50 --no-pager");
    }

    @Test
    void startsAgainWhatHitItsStartLimitOnlyAfterAReset() {
        MatterBuilder once =
                ranFor(
                        seen(emptyTable(refused()), ended("failed", "failed", "exit-code", 1, 0)),
                        2);
        MatterBuilder often =
                ranFor(
                        seen(emptyTable(refused()), ended("failed", "failed", "exit-code", 1, 5)),
                        2);

        assertThat(commands(assertVerdict(diagnose(once), "app-crashed-at-start", 0.8)))
                .contains("sudo systemctl start shop.service")
                .noneMatch(c -> c.contains("reset-failed"));
        assertThat(commands(assertVerdict(diagnose(often), "app-crashed-at-start", 0.8)))
                .containsSubsequence(
                        "sudo systemctl reset-failed shop.service",
                        "sudo systemctl start shop.service");
    }

    @Test
    void startsTheSocketUnitThatGaveUpWithIt() {
        SystemdUnit socket = unit("shop.socket", "failed", "failed", "/bin/none --port 8000");
        MatterBuilder scene =
                ranFor(
                        seen(
                                seen(emptyTable(refused()), socket),
                                ended("failed", "failed", "exit-code", 1, 0)),
                        2);

        assertThat(commands(assertVerdict(diagnose(scene), "app-crashed-at-start", 0.8)))
                .containsSubsequence(
                        "sudo systemctl reset-failed shop.service",
                        "sudo systemctl start shop.socket");
    }

    @Test
    void speaksWhenItEndedRightAfterItsStart() {
        assertVerdict(
                diagnose(
                        ranFor(
                                seen(
                                        emptyTable(refused()),
                                        ended("failed", "failed", "exit-code", 1, 0)),
                                2)),
                "app-crashed-at-start",
                0.8);
    }

    @Test
    void speaksWhenTheLastStartInItsLogFailed() {
        assertVerdict(
                diagnose(
                        log(
                                emptyTable(refused()),
                                950,
                                "[INFO] Starting gunicorn 20.1.0",
                                "[INFO] Listening at: http://127.0.0.1:8000 (950)",
                                "[INFO] Shutting down: Master",
                                "[INFO] Starting gunicorn 20.1.0",
                                "[INFO] Listening at: http://127.0.0.1:8000 (951)",
                                "[ERROR] Exception in worker process",
                                "ModuleNotFoundError: No module named 'shop'",
                                "[ERROR] Reason: Worker failed to boot.")),
                "app-crashed-at-start",
                0.8);
    }

    @Test
    void speaksWhenItsContainerExitedAtOnce() {
        assertThat(
                        ContainerEnd.ranShortly(
                                container(life("exited", 1, false, NOW.minusSeconds(3598)))))
                .isTrue();
        assertVerdict(
                diagnose(behind(life("exited", 1, false, NOW.minusSeconds(3598)))),
                "app-crashed-at-start",
                0.8);
    }

    @Test
    void staysSilentWhenItRanForLong() {
        MatterBuilder scene =
                ranFor(
                        seen(emptyTable(refused()), ended("failed", "failed", "exit-code", 1, 0)),
                        600);

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isZero();
    }

    /** A run may be short and still have served. */
    @Test
    void staysSilentWhenItAnsweredInItsLastRun() {
        MatterBuilder scene =
                ranFor(
                                seen(
                                        emptyTable(refused()),
                                        ended("failed", "failed", "exit-code", 1, 0)),
                                10)
                        .seen(
                                answered(PEER, NOW.minusSeconds(68), NOW.minusSeconds(64)),
                                "access.log",
                                "/var/log/nginx/access.log");

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isZero();
        assertVerdict(diagnose(scene), "app-crash-runtime", 0.8);
    }

    @Test
    void staysSilentWhenItWasStoppedInOrder() {
        MatterBuilder scene =
                log(
                        emptyTable(refused()),
                        950,
                        "[INFO] Starting gunicorn 20.1.0",
                        "[INFO] Listening at: http://127.0.0.1:8000 (950)",
                        "[INFO] Handling signal: term",
                        "[INFO] Shutting down: Master");

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isZero();
        assertVerdict(diagnose(scene), "app-not-running", 0.8);
    }

    @Test
    void staysSilentAboutAFailureThatItGotOver() {
        MatterBuilder scene =
                log(
                                emptyTable(refused()),
                                950,
                                java.util.List.of(
                                        dev.gatemend.diagnosis.Said.at(
                                                NOW.minusSeconds(600), "Worker failed to boot.")))
                        .seen(
                                answered(PEER, NOW.minusSeconds(500), NOW.minusSeconds(70)),
                                "access.log",
                                "/var/log/nginx/access.log");

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isZero();
    }

    private static MatterBuilder ranFor(MatterBuilder scene, int seconds) {
        return journal(
                journal(
                        scene,
                        UNIT,
                        NOW.minusSeconds(62 + seconds),
                        "Started shop.service - The shop."),
                UNIT,
                NOW.minusSeconds(62),
                "shop.service: Main process exited, code=exited, status=1/FAILURE");
    }

    private static dev.gatemend.model.Container container(dev.gatemend.model.Container.Life life) {
        return dev.gatemend.diagnosis.Containers.container("shop", life, "bridge", "");
    }
}
