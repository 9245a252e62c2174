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
import org.junit.jupiter.api.Test;

/** The application gets too little CPU time to answer in time. */
class CpuStarvedTest {
    private static final String CAUSE = "cpu-starved";

    @Test
    void speaksWhenItsControlGroupIsThrottledInMostPeriods() {
        MatterBuilder scene = quota(served(timedOut(), "java", 1, 0, 128), 951, 900, 1000, 5, 5);

        assertVerdict(diagnose(scene), CAUSE, 0.8);
    }

    @Test
    void isACandidateWhenTheMachineIsCrowded() {
        MatterBuilder scene = load(served(timedOut(), "java", 1, 0, 128), 40, 97_00);

        assertThat(probability(diagnose(scene), CAUSE)).isBetween(0.1, 0.6);
    }

    @Test
    void staysSilentWhenAQuotaIsMetNowAndThen() {
        MatterBuilder scene = quota(served(timedOut(), "java", 1, 0, 128), 951, 90, 1000, 0, 5);

        assertThat(probability(diagnose(scene), CAUSE)).isZero();
    }

    @Test
    void staysSilentWhenAnotherGroupIsThrottled() {
        MatterBuilder scene = quota(served(timedOut(), "java", 1, 0, 128), 77, 900, 1000, 5, 5);

        assertThat(probability(diagnose(scene), CAUSE)).isZero();
    }

    @Test
    void staysSilentOnAMachineThatHasCpusToSpare() {
        MatterBuilder scene = load(served(timedOut(), "java", 1, 0, 128), 3, 12_00);

        assertThat(probability(diagnose(scene), CAUSE)).isZero();
    }

    private static MatterBuilder quota(
            MatterBuilder scene, int pid, long throttled, long periods, long late, long of) {
        return scene.seen(
                new ControlGroup(
                        "/shop",
                        List.of(pid),
                        Optional.empty(),
                        Optional.of(new ControlGroup.Cpu(20, periods, throttled, of, late)),
                        Optional.empty()),
                "limits",
                "/sys/fs/cgroup");
    }

    private static MatterBuilder load(MatterBuilder scene, long runnable, long pressure) {
        Stall none = new Stall(0, 0);
        return scene.seen(
                new HostLoad(
                        4,
                        runnable,
                        300,
                        30_000,
                        new HostLoad.Memory(8L << 30, 4L << 30, 0, 0, 0, 0, 0),
                        Optional.of(new Pressure(new Stall(pressure, pressure), none, none, none))),
                "load",
                "/proc/loadavg");
    }
}
