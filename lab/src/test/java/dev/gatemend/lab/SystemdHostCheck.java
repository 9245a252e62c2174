package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run where a host with systemd can be booted; see {@code ./check}. */
class SystemdHostCheck {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SCENARIO = "app-not-running/systemd-stopped";

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT", "TERM"})
    void endsWithTheBenchThatBootedIt(String signal) throws IOException, InterruptedException {
        Process bench = HeldBench.begin(SCENARIO);
        RunDirectory directory = HeldBench.directoryOf(bench);
        List<ControlGroup> groups = directory.notedControlGroups();
        List<Long> processes = groups.getFirst().processes();
        // systemd-nspawn, systemd, the journal, nginx and its worker at least
        assertThat(processes).hasSizeGreaterThan(5);

        Command.run("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(bench.pid()));

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(groups).isNotEmpty().allSatisfy(g -> assertThat(g.path()).doesNotExist());
        assertThat(processes).noneMatch(SystemdHostCheck::lives);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(directory.path().toString());
    }

    @Test
    void leavesItsRootAsItWas() throws IOException, InterruptedException {
        Path written = Path.of("etc/systemd/system/shop.service");
        Path root = SystemdHost.root().orElseThrow();

        LabRun.run(
                Scenarios.named(SCENARIO).orElseThrow(),
                (bench, _) -> {
                    assertThat(bench.systemd().orElseThrow().files().resolve(written)).exists();
                    return List.of();
                });

        assertThat(root.resolve(written)).doesNotExist();
    }

    private static boolean lives(long pid) {
        return "XZ".indexOf(ProcessTable.state(pid)) < 0;
    }
}
