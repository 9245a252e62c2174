package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.behind;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.ended;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Kept;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Container.Life;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The application comes up and dies again and again. */
class AppCrashLoopTest {
    private static final String UP = "listening on 127.0.0.1:8000";
    private static final String DOWN = "panic: out of cheese";

    @Test
    void speaksWhenSystemdStartsItAgainAndAgainAfterItServed() {
        MatterBuilder scene =
                seen(emptyTable(refused()), ended("activating", "auto-restart", "exit-code", 1, 7))
                        .seen(
                                access(200, PEER, NOW.minusSeconds(300), NOW.minusSeconds(20)),
                                "access.log",
                                "/var/log/nginx/access.log");

        assertVerdict(diagnose(ranFor(scene, 40)), "app-crash-loop", 0.6);
    }

    @Test
    void speaksWhenItsLogHoldsManyRuns() {
        assertVerdict(
                diagnose(
                        log(
                                emptyTable(refused()),
                                950,
                                UP,
                                DOWN,
                                UP,
                                DOWN,
                                UP,
                                DOWN,
                                UP,
                                "Stopping")),
                "app-crash-loop",
                0.6);
    }

    @Test
    void speaksWhileItIsUpBetweenTwoDeaths() {
        assertVerdict(
                diagnose(
                        log(
                                startedBy("sh", "sh -c while :; do shop " + PEER),
                                950,
                                UP,
                                DOWN,
                                UP,
                                DOWN,
                                UP,
                                DOWN,
                                UP)),
                "app-crash-loop",
                0.6);
    }

    /** Its files name the peer, not its command line. */
    @Test
    void speaksWhileSupervisorStartsItAgainAndAgain() {
        KeptProgram shop =
                Kept.program(
                        KeptProgram.Keeper.SUPERVISOR, KeptProgram.State.RUNNING, "RUNNING", 0);
        MatterBuilder scene =
                startedBy("supervisord", "/usr/bin/python3 /usr/bin/supervisord -n")
                        .seen(shop, "programs", "supervisorctl status");

        assertVerdict(
                diagnose(log(scene, 950, UP, DOWN, UP, DOWN, UP, DOWN, UP)), "app-crash-loop", 0.6);
    }

    private static MatterBuilder startedBy(String name, String command) {
        ProcessState keeper = process(940, name, command, Duration.ofHours(2), "");
        ProcessState shop =
                new ProcessState(
                        950,
                        940,
                        "shop",
                        "shop " + PEER,
                        keeper.identity(),
                        'S',
                        NOW,
                        keeper.namespaces(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of());
        return refused()
                .seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(keeper, "processes", "ps -p 940")
                .seen(shop, "processes", "ps -p 950");
    }

    @Test
    void speaksWhenPm2GaveUpWhatHadServed() {
        MatterBuilder scene = emptyTable(refused()).seen(errored(16), "programs", "pm2 describe");

        assertVerdict(diagnose(log(scene, 950, UP, UP, UP)), "app-crash-loop", 0.6);
    }

    @Test
    void speaksWhenAContainerIsStartedAgainAndAgainAndListensEachTime() {
        assertVerdict(
                diagnose(log(behind(restarting()), 950, List.of(at(NOW.minusSeconds(91), UP)))),
                "app-crash-loop",
                0.6);
    }

    /** What listened was an earlier run. */
    @Test
    void leavesAContainerWhoseLastRunsNeverListenedToAFailureAtStart() {
        assertVerdict(
                diagnose(log(behind(restarting()), 950, List.of(at(NOW.minusSeconds(800), UP)))),
                "app-crashed-at-start",
                0.6);
    }

    private static Life restarting() {
        return new Life(
                "restarting",
                1,
                false,
                "",
                Optional.empty(),
                5,
                Optional.of(NOW.minusSeconds(92)),
                Optional.of(NOW.minusSeconds(90)),
                OptionalInt.empty());
    }

    @Test
    void leavesWhatNeverServedToAFailureAtStart() {
        Diagnosis diagnosis =
                diagnose(emptyTable(refused()).seen(errored(16), "programs", "pm2 describe"));

        assertVerdict(diagnosis, "app-crashed-at-start", 0.6);
    }

    @Test
    void staysSilentAboutOneThatEndedOnce() {
        assertThat(
                        probability(
                                diagnose(
                                        emptyTable(refused())
                                                .seen(errored(1), "programs", "pm2 describe")),
                                "app-crash-loop"))
                .isZero();
    }

    private static KeptProgram errored(int restarts) {
        return Kept.program(
                KeptProgram.Keeper.PM2, KeptProgram.State.FAILED, "errored, exit code 1", restarts);
    }

    @Test
    void yieldsToAFailureAtStartThatExplainsIt() {
        Diagnosis diagnosis =
                diagnose(
                        ranFor(
                                seen(
                                        emptyTable(refused()),
                                        ended("activating", "auto-restart", "exit-code", 1, 7)),
                                2));

        assertVerdict(diagnosis, "app-crashed-at-start", 0.7);
        assertThat(probability(diagnosis, "app-crash-loop")).isPositive();
    }

    @Test
    void staysSilentAfterOneCrash() {
        assertThat(
                        probability(
                                diagnose(log(emptyTable(refused()), 950, UP, DOWN)),
                                "app-crash-loop"))
                .isZero();
    }

    private static MatterBuilder ranFor(MatterBuilder scene, int seconds) {
        return journal(
                journal(
                        scene,
                        "shop.service",
                        NOW.minusSeconds(62 + seconds),
                        "Started shop.service - The shop."),
                "shop.service",
                NOW.minusSeconds(62),
                "shop.service: Main process exited, code=exited, status=1/FAILURE");
    }
}
