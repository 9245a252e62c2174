package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.cause.Waiting.served;
import static dev.gatemend.diagnosis.cause.Waiting.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.HostLoad;
import dev.gatemend.model.HostLoad.Pressure;
import dev.gatemend.model.HostLoad.Stall;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tasks wait for memory: pages are evicted, swapped and read again, and nothing was killed. */
class MemoryPressureTest {
    private static final String CAUSE = "memory-pressure";

    @Test
    void speaksWhenTasksWaitForPagesThatComeBackFromSwap() {
        MatterBuilder scene = load(served(timedOut(), "java", 1, 0, 128), 42_00, 9_000);

        assertVerdict(diagnose(scene), CAUSE, 0.6);
    }

    @Test
    void speaksWhenItsControlGroupIsFullAndItsTasksWait() {
        assertVerdict(diagnose(group(31_00)), CAUSE, 0.6);
    }

    @Test
    void staysSilentWhenAGroupIsFullOfPagesThatNobodyMisses() {
        assertThat(probability(diagnose(group(0)), CAUSE)).isZero();
    }

    @Test
    void staysSilentWhenNobodyWaitsForMemory() {
        MatterBuilder scene = load(served(timedOut(), "java", 1, 0, 128), 1_20, 0);

        assertThat(probability(diagnose(scene), CAUSE)).isZero();
    }

    @Test
    void namesTheFullGroupWhereGroupsDoNotTellWhoWaitsAndSomebodyDoes() {
        MatterBuilder scene = load(group(OptionalLong.empty()), 42_00, 9_000);

        assertVerdict(diagnose(scene), CAUSE, 0.6);
        assertThat(diagnose(scene).findings().getFirst().title())
                .contains("control group /shop waits for memory: it may use 100 MiB");
    }

    @Test
    void staysSilentWhenAGroupIsFullAndNobodyWaitsAnywhere() {
        MatterBuilder scene = load(group(OptionalLong.empty()), 1_20, 0);

        assertThat(probability(diagnose(scene), CAUSE)).isZero();
    }

    private static MatterBuilder group(long stalled) {
        return group(OptionalLong.of(stalled));
    }

    private static MatterBuilder group(OptionalLong stalled) {
        return served(timedOut(), "java", 1, 0, 128)
                .seen(
                        new ControlGroup(
                                "/shop",
                                List.of(951, 952),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(
                                        new ControlGroup.Memory(99L << 20, 100L << 20, stalled))),
                        "limits",
                        "/sys/fs/cgroup");
    }

    private static MatterBuilder load(MatterBuilder scene, long stalled, long pages) {
        Stall memory = new Stall(stalled, stalled);
        Stall none = new Stall(0, 0);
        return scene.seen(
                new HostLoad(
                        4,
                        3,
                        300,
                        30_000,
                        new HostLoad.Memory(
                                8L << 30, 1L << 28, 4L << 30, 1L << 20, pages, pages, 0),
                        Optional.of(new Pressure(none, memory, memory, none))),
                "load",
                "/proc/pressure");
    }
}
