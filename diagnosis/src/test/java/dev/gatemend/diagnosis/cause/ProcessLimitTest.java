package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.closed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.cause.Waiting.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Facts;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.TaskLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application may not start another process or thread. */
class ProcessLimitTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RuntimeError: can't start new thread",
                "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached",
                "-bash: fork: Resource temporarily unavailable",
                "runtime: failed to create new OS thread (have 12 already; errno=11)"
            })
    void speaksWhenARuntimeSaysThatAForkOrThreadWasRefused(String line) {
        assertVerdict(diagnose(said(closed(), line)), "process-limit", 0.8);
    }

    @Test
    void speaksWhenItsControlGroupHasAllTheTasksItMayHave() {
        MatterBuilder scene =
                group(served(closed()), 20)
                        .seen(
                                new KernelEvent.ForkRejected(
                                        NOW.minusSeconds(50), "/system.slice/shop.service"),
                                "kernel log",
                                "dmesg -T");

        assertVerdict(diagnose(scene), "process-limit", 0.8);
    }

    @Test
    void speaksWhenItsUserHasAsManyAsItMay() {
        MatterBuilder scene =
                served(closed()).seen(new TaskLimit(951, 1000, 30, 30), "limits", "ulimit -u");

        assertVerdict(diagnose(scene), "process-limit", 0.8);
    }

    @Test
    void staysSilentWhenItsControlGroupHasRoom() {
        assertThat(probability(diagnose(group(served(closed()), 9)), "process-limit")).isZero();
    }

    @Test
    void staysSilentOfAFullAcceptQueueWhichHasTheSameErrno() {
        assertThat(probability(diagnose(Waiting.queueFull()), "process-limit")).isZero();
    }

    private static MatterBuilder served(MatterBuilder scene) {
        return scene.seen(Facts.table(Facts.listener(PEER, 951)), "sockets", "ss -ltnp")
                .seen(
                        Facts.process(
                                951,
                                "python3",
                                "python3 shop.py",
                                Duration.ofDays(1),
                                "shop.service"),
                        "processes",
                        "ps");
    }

    private static MatterBuilder group(MatterBuilder scene, long tasks) {
        return scene.seen(
                new ControlGroup(
                        "/system.slice/shop.service",
                        List.of(951),
                        Optional.of(new ControlGroup.Tasks(tasks, 20, OptionalLong.of(3))),
                        Optional.empty(),
                        Optional.empty()),
                "limits",
                "/sys/fs/cgroup");
    }
}
