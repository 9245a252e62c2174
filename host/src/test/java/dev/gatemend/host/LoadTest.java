package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.HostLoad;
import dev.gatemend.model.HostLoad.Stall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    @TempDir Path root;

    @Test
    void readsTheRunQueueMemoryAndWhatTasksWaitFor() throws Exception {
        Scene scene =
                new Scene(root)
                        .file("/proc/loadavg", "6.43 7.81 6.57 5/141 14356\n")
                        .file(
                                "/proc/meminfo",
                                "MemTotal:  1000 kB\nMemAvailable:  700 kB\nSwapTotal: 80 kB\nSwapFree: 10 kB\n")
                        .file("/proc/sys/kernel/threads-max", "400\n")
                        .file("/proc/sys/kernel/pid_max", "32768\n")
                        .file(
                                "/proc/pressure/cpu",
                                "some avg10=67.73 avg60=79.38 avg300=50.73 total=22\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")
                        .file(
                                "/proc/pressure/memory",
                                "some avg10=0.10 avg60=0.00 avg300=0.00 total=5\nfull avg10=0.05 avg60=0.01 avg300=0.00 total=8\n")
                        .file(
                                "/proc/pressure/io",
                                "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");

        HostLoad load = scene.facts(new Load(), HostLoad.class).getFirst();

        assertThat(load.runnable()).isEqualTo(5);
        assertThat(load.tasks()).isEqualTo(141);
        assertThat(load.mostTasks()).isEqualTo(400);
        assertThat(load.memory().available()).isEqualTo(700 * 1024);
        assertThat(load.memory().swapFree()).isEqualTo(10 * 1024);
        HostLoad.Pressure pressure = load.pressure().orElseThrow();
        assertThat(pressure.cpuSome()).isEqualTo(new Stall(6773, 7938));
        assertThat(pressure.memoryFull()).isEqualTo(new Stall(5, 1));
    }

    @Test
    void doesWithoutPressureWhereTheKernelDoesNotTell() throws Exception {
        Scene scene =
                new Scene(root)
                        .file("/proc/loadavg", "nonsense\n")
                        .file("/proc/meminfo", "MemTotal: x kB\n");

        HostLoad load = scene.facts(new Load(), HostLoad.class).getFirst();

        assertThat(load.pressure()).isEmpty();
        assertThat(load.runnable()).isZero();
    }
}
