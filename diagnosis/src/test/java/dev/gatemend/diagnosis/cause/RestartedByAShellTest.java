package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Identity;
import dev.gatemend.model.ProcessEnd;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.ShellLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A script with a loop is all that keeps the application running. */
class RestartedByAShellTest {
    private static final String START = "gunicorn -b " + PEER + " shop:app";
    private static final Duration OLD = Duration.ofMinutes(5);

    @Test
    void speaksBetweenTwoRunsThatNeverListened() {
        Finding verdict =
                assertVerdict(
                        diagnose(looping(START, "sleep", "sleep 2", Duration.ofSeconds(1))),
                        "app-crashed-at-start",
                        0.8);

        assertThat(verdict.evidence())
                .anyMatch(
                        e ->
                                e.text()
                                        .equals(
                                                "sh (PID 40) starts it in a loop (/srv/shop/run.sh) since 12:05:00; its last run has ended"));
    }

    @Test
    void speaksWhenRequestsWereAnsweredBetweenTheFailures() {
        MatterBuilder scene =
                looping(START, "sleep", "sleep 2", Duration.ofSeconds(1))
                        .seen(
                                answered(PEER, NOW.minusSeconds(50), NOW.minusSeconds(5)),
                                "logs",
                                "access.log");

        assertThat(probability(diagnose(scene), "app-crash-loop")).isGreaterThan(0.5);
    }

    @Test
    void leavesWhatSaidThatItListenedToTheLoop() {
        MatterBuilder scene =
                log(
                        looping(START, "sleep", "sleep 2", Duration.ofSeconds(1)),
                        40,
                        "Listening at: http://127.0.0.1:8000",
                        "exited with code 1");

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isLessThan(0.1);
        assertThat(probability(diagnose(scene), "app-crash-loop")).isGreaterThan(0.3);
    }

    @Test
    void staysUnsureOfAFirstRunThatHasNotComeUp() {
        MatterBuilder scene = looping(START, "gunicorn", START, OLD);

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isLessThan(0.3);
    }

    @Test
    void staysUnsureOfALoopThatOnlyAsks() {
        MatterBuilder scene =
                looping("curl -sf " + PEER, "sleep", "sleep 2", Duration.ofSeconds(1));

        assertThat(probability(diagnose(scene), "app-crashed-at-start")).isLessThan(0.3);
    }

    @Test
    void speaksWhenItEndedBetweenTwoLooks() {
        MatterBuilder alive =
                emptyTable(refused())
                        .seen(gunicorn(Duration.ofSeconds(1)), "processes", "ps -p 41");

        assertThat(probability(diagnose(alive), "app-crashed-at-start")).isZero();
        assertVerdict(
                diagnose(alive.seen(new ProcessEnd(41), "application log", "/proc/41")),
                "app-crashed-at-start",
                0.8);
    }

    @Test
    void tellsOfTheRunBeforeByALogThatIsOlderThanTheProcess() {
        MatterBuilder scene =
                emptyTable(refused())
                        .seen(gunicorn(Duration.ofSeconds(1)), "processes", "ps -p 41");

        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                scene,
                                                41,
                                                List.of(
                                                        at(
                                                                NOW.minusSeconds(2),
                                                                "Traceback (most recent call last):")))),
                                "app-crashed-at-start"))
                .isGreaterThan(0.5);
    }

    /** What it wrote itself it has got over, or will die of. */
    @Test
    void isNotToldOfTheRunBeforeByWhatTheProcessWroteItself() {
        MatterBuilder scene =
                emptyTable(refused())
                        .seen(gunicorn(Duration.ofSeconds(30)), "processes", "ps -p 41");

        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                scene,
                                                41,
                                                List.of(
                                                        at(
                                                                NOW.minusSeconds(2),
                                                                "Traceback (most recent call last):")))),
                                "app-crashed-at-start"))
                .isZero();
    }

    @Test
    void mayNotBeToldFromAnApplicationThatWasStoppedWhereNothingOfItIsKnown() {
        double probability = probability(diagnose(emptyTable(refused())), "app-crashed-at-start");

        assertThat(probability).isBetween(0.2, 0.4);
    }

    private static ProcessState gunicorn(Duration age) {
        return process(41, "gunicorn", START, age, "");
    }

    private static MatterBuilder looping(
            String loops, String name, String command, Duration childAge) {
        ProcessState child = process(41, name, command, childAge, "");
        ProcessState shell =
                new ProcessState(
                        40,
                        1,
                        "sh",
                        "/bin/sh ./run.sh",
                        new Identity("deploy", 1000, 1000, List.of(1000)),
                        'S',
                        NOW.minus(OLD),
                        child.namespaces(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of(41));
        return emptyTable(refused())
                .seen(shell, "processes", "ps -p 40")
                .seen(child, "processes", "ps -p 41")
                .seen(
                        new ShellLoop(40, "/srv/shop/run.sh", List.of(loops)),
                        "processes",
                        "/proc/40/cmdline");
    }
}
