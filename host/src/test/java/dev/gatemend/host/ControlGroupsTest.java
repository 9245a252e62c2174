package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.TaskLimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
    private static final String SHOP = "/sys/fs/cgroup/system.slice/shop.service/";

    @TempDir Path root;

    @Test
    void readsTheLimitsOfVersionTwoAlsoOfTheGroupsAbove() throws Exception {
        Scene scene =
                nginx().file("/proc/12/cgroup", "0::/system.slice/shop.service\n")
                        .file(SHOP + "pids.max", "20\n")
                        .file(SHOP + "pids.current", "20\n")
                        .file(SHOP + "pids.events", "max 7\n")
                        .file(SHOP + "cpu.max", "50000 100000\n")
                        .file(SHOP + "cpu.stat", "usage_usec 9\nnr_periods 40\nnr_throttled 30\n")
                        .file(SHOP + "memory.max", "max\n")
                        .file("/sys/fs/cgroup/system.slice/memory.max", "1000\n")
                        .file("/sys/fs/cgroup/system.slice/memory.current", "990\n")
                        .file(
                                "/sys/fs/cgroup/system.slice/memory.pressure",
                                "some avg10=12.50 avg60=0.00 avg300=0.00 total=1\n");

        assertThat(scene.facts(new ControlGroups(), ControlGroup.class))
                .containsExactlyInAnyOrder(
                        new ControlGroup(
                                "/system.slice/shop.service",
                                List.of(12),
                                Optional.of(new ControlGroup.Tasks(20, 20, OptionalLong.of(7))),
                                Optional.of(new ControlGroup.Cpu(500, 40, 30, 0, 0)),
                                Optional.empty()),
                        new ControlGroup(
                                "/system.slice",
                                List.of(12),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(
                                        new ControlGroup.Memory(
                                                990, 1000, OptionalLong.of(1250)))));
    }

    @Test
    void readsTheControllersOfVersionOneEachInItsDirectory() throws Exception {
        Scene scene =
                nginx().file(
                                "/proc/12/cgroup",
                                "8:pids:/shop\n4:memory:/\n1:cpu,cpuacct:/shop\n0::/\n")
                        .file("/sys/fs/cgroup/pids/shop/pids.max", "5\n")
                        .file("/sys/fs/cgroup/pids/shop/pids.current", "4\n")
                        .file("/sys/fs/cgroup/cpu/shop/cpu.cfs_quota_us", "-1\n")
                        .file("/sys/fs/cgroup/cpu/shop/cpu.cfs_period_us", "100000\n");

        assertThat(scene.facts(new ControlGroups(), ControlGroup.class))
                .containsExactly(
                        new ControlGroup(
                                "/shop",
                                List.of(12),
                                Optional.of(new ControlGroup.Tasks(4, 5, OptionalLong.empty())),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void countsTheTasksOfAUserWhoseLimitIsLow() throws Exception {
        Scene scene =
                nginx().file(
                                "/proc/12/limits",
                                "Max processes             30                   40                   processes\n")
                        .file("/proc/12/status", "Uid:\t33\t33\t33\t33\nThreads:\t4\n")
                        .file("/proc/13/status", "Uid:\t33\t33\t33\t33\nThreads:\t25\n")
                        .file("/proc/14/status", "Uid:\t34\t33\t33\t33\nThreads:\t9\n");

        assertThat(scene.facts(new ControlGroups(), TaskLimit.class))
                .containsExactly(new TaskLimit(12, 33, 30, 29));
    }

    @Test
    void seesNothingWhereNothingIsLimited() throws Exception {
        Scene scene =
                nginx().file("/proc/12/cgroup", "0::/../../x\n0::relative\nnonsense\n")
                        .file("/proc/12/limits", "Max processes   unlimited unlimited processes\n");

        assertThat(scene.observations(new ControlGroups())).isEmpty();
    }

    private Scene nginx() {
        return new Scene(root).seen(Given.master(12, new Namespaces(7, 8, 9)));
    }
}
