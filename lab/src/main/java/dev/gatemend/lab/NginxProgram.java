package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An nginx that the bench runs as a program of its own.
 *
 * @param name of the program
 * @param hosts stands in for /etc/hosts where it exists
 */
record NginxProgram(Bench bench, String name, Path home, NginxFiles files, Path hosts)
        implements NginxLife {
    private static final Duration TO_TURN = Duration.ofSeconds(10);

    /** A program behind a file that stands in for /etc/hosts. */
    private static final String WITH_HOSTS =
            "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"";

    @Override
    public void start() throws IOException, InterruptedException {
        Program program = launch();
        Await.until(
                "nginx is up: " + Files.readString(program.log()),
                TO_TURN,
                () -> {
                    if (!program.process().isAlive()) {
                        throw new IOException(
                                "nginx did not start: " + Files.readString(program.log()));
                    }
                    return hasPid() && !workers().isEmpty();
                });
    }

    @Override
    public void startRefused() throws IOException, InterruptedException {
        Program program = launch();
        Await.until("nginx gives up", TO_TURN, () -> !program.process().isAlive());
    }

    @Override
    public void askToReload() throws IOException, InterruptedException {
        Signal.HUP.to(program().pid());
    }

    @Override
    public void askToReopenLogs() throws IOException, InterruptedException {
        Signal.USR1.to(program().pid());
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        program().stop();
    }

    @Override
    public void killHard() throws IOException, InterruptedException {
        program().killHard();
    }

    @Override
    public Set<Long> workers() {
        Set<Long> workers = new TreeSet<>();
        program().process().children().forEach(child -> workers.add(child.pid()));
        return workers;
    }

    private Program program() {
        return bench.program(name);
    }

    private Program launch() throws IOException, InterruptedException {
        Files.deleteIfExists(files.pid());
        List<String> command = new ArrayList<>();
        if (Files.exists(hosts)) {
            command.addAll(List.of("unshare", "--mount", "--propagation", "private"));
            command.addAll(List.of("sh", "-c", WITH_HOSTS, "hosts", hosts.toString()));
        }
        command.addAll(
                List.of(
                        bench.nginxBinary().toString(),
                        "-p",
                        home + "/",
                        "-c",
                        files.configuration().toString(),
                        "-e",
                        files.errorLog().toString(),
                        "-g",
                        "daemon off;"));
        return bench.start(name, false, command);
    }

    private boolean hasPid() throws IOException {
        return Files.exists(files.pid()) && !Files.readString(files.pid()).isBlank();
    }
}
