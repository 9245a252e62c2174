package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** With a namespace, workers of two kinds, and a process that ignores SIGTERM: it is frozen. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT", "TERM"})
    void leavesNothingBehindWhenTheBenchItselfIsEnded(String signal)
            throws IOException, InterruptedException {
        Process bench = HeldBench.begin("app-hung/stopped");
        RunDirectory directory = HeldBench.directoryOf(bench);
        Set<Long> sessions = Set.copyOf(directory.notedSessions());
        assertThat(ProcessTable.members(sessions, directory.path())).hasSizeGreaterThan(2);

        Command.run("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(bench.pid()));

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(ProcessTable.members(sessions, directory.path())).isEmpty();
    }

    @Test
    void takesDownTheNamespaceOfAKilledBench() throws IOException, InterruptedException {
        Process bench = HeldBench.begin("firewall-blocked/reject");
        RunDirectory directory = HeldBench.directoryOf(bench);
        List<String> namespaces = directory.notedNamespaces();
        assertThat(Path.of("/run/netns", namespaces.getFirst())).exists();

        bench.destroyForcibly();

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(Path.of("/run/netns", namespaces.getFirst())).doesNotExist();
    }

    @Test
    void unmountsTheSmallDiskOfAKilledBench() throws IOException, InterruptedException {
        Process bench = HeldBench.begin("disk-full/client-body");
        RunDirectory directory = HeldBench.directoryOf(bench);

        bench.destroyForcibly();

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(directory.path().toString());
    }

    @Test
    void takesDownTheContainersOfAKilledBench() throws IOException, InterruptedException {
        Process bench = HeldBench.begin("control/container-nobody-needs");
        RunDirectory directory = HeldBench.directoryOf(bench);
        List<ControlGroup> groups =
                directory.notedControlGroups().stream()
                        .filter(group -> Files.exists(group.path()))
                        .toList();
        assertThat(groups).isNotEmpty();

        bench.destroyForcibly();

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(ProcessTable.marked(directory.path())).isEmpty();
        assertThat(groups).noneMatch(group -> Files.exists(group.path()));
    }

    @Test
    void endsAnApplicationThatItsKeeperGaveASessionOfItsOwn()
            throws IOException, InterruptedException {
        RunDirectory directory = RunDirectory.create();
        ProcessBuilder keeper = new ProcessBuilder("setsid", "--fork", "sleep", "60");
        keeper.environment().put(RunDirectory.MARK, directory.path().toString());
        keeper.start().waitFor();
        assertThat(ProcessTable.marked(directory.path())).hasSize(1);

        Sweep.clean(directory);

        assertThat(ProcessTable.marked(directory.path())).isEmpty();
    }

    @Test
    void leavesAStrangersShellInTheDirectoryAlone() throws IOException, InterruptedException {
        RunDirectory directory = RunDirectory.create();
        Process stranger =
                new ProcessBuilder("sleep", "60").directory(directory.path().toFile()).start();
        try {
            Sweep.clean(directory);

            assertThat(directory.path()).doesNotExist();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }
}
