package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
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
        Process bench = hold("app-hung/stopped");
        RunDirectory directory = directoryOf(bench);
        Set<Long> sessions = Set.copyOf(directory.notedSessions());
        assertThat(ProcessTable.members(sessions, directory.path())).hasSizeGreaterThan(2);

        Command.run("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(bench.pid()));

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(ProcessTable.members(sessions, directory.path())).isEmpty();
    }

    @Test
    void takesDownTheNamespaceOfAKilledBench() throws IOException, InterruptedException {
        Process bench = hold("firewall-blocked/reject");
        RunDirectory directory = directoryOf(bench);
        List<String> namespaces = directory.notedNamespaces();
        assertThat(Path.of("/run/netns", namespaces.getFirst())).exists();

        bench.destroyForcibly();

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(Path.of("/run/netns", namespaces.getFirst())).doesNotExist();
    }

    @Test
    void unmountsTheSmallDiskOfAKilledBench() throws IOException, InterruptedException {
        Process bench = hold("disk-full/client-body");
        RunDirectory directory = directoryOf(bench);

        bench.destroyForcibly();

        Await.until("all is swept", LIMIT, () -> !Files.exists(directory.path()));
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(directory.path().toString());
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

    private static Process hold(String scenario) throws IOException {
        List<String> command =
                List.of(
                        // whoever started us in the background may have SIGINT ignored, and that is
                        // inherited
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldBench.class.getName(),
                        scenario);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The first line it prints: it is in the middle of its scenario then. */
    private static RunDirectory directoryOf(Process bench) throws IOException {
        BufferedReader output = bench.inputReader();
        String line = output.readLine();
        assertThat(line).as("the bench's directory").isNotNull();
        return new RunDirectory(Path.of(line));
    }
}
