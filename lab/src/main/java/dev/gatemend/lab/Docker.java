package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A Docker of the scenario's own: its data, sockets, mounts, bridge and packet filter rules are its
 * own, and nothing is pulled. The only image, {@code base}, is an empty Debian, whose programs are
 * those of this machine under {@code /usr}.
 */
final class Docker {
    private static final List<String> LINKS = List.of("bin", "lib", "lib64", "sbin");

    private Docker() {}

    /** Starts it in the scenario's network, and returns when it can start containers. */
    static void start(Bench bench, RunDirectory directory)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(bench.path("docker"));
        bench.unpack("apps/app.py");
        Program dockerd =
                bench.start(
                        "dockerd",
                        false,
                        List.of(
                                "unshare",
                                "--mount",
                                Applications.program("dockerd"),
                                "--host=" + socket(home),
                                "--data-root=" + home.resolve("data"),
                                "--exec-root=" + home.resolve("exec"),
                                "--pidfile=" + home.resolve("pid"),
                                "--bip=10.88.0.1/24",
                                "--cgroup-parent=/" + groups(directory),
                                "--exec-opt=native.cgroupdriver=cgroupfs",
                                "--storage-driver=vfs"));
        boolean up = Await.within(Await.LONG, () -> answers(bench, dockerd, home));
        if (!up) {
            throw cannotStart(bench, dockerd);
        }
        importBase(home);
    }

    private static boolean answers(Bench bench, Program dockerd, Path home)
            throws IOException, InterruptedException {
        if (!dockerd.process().isAlive()) {
            throw cannotStart(bench, dockerd);
        }
        return Command.answer(docker(home, "version")).status() == 0;
    }

    private static CannotPlay cannotStart(Bench bench, Program dockerd) throws IOException {
        return CannotPlay.on(bench, "docker: dockerd does not start here: " + dockerd.lastWords());
    }

    /** Why a Docker that has started cannot run the plainest container; empty when it can. */
    static Optional<String> obstacle(Bench bench) throws IOException, InterruptedException {
        if (!bench.hasStarted("dockerd")) {
            return Optional.empty();
        }
        Command.Answer answer =
                Command.answer(
                        docker(
                                bench.path("docker"),
                                "run",
                                "--rm",
                                "--network=none",
                                "--volume=/usr:/usr:ro",
                                "base",
                                "true"));
        return answer.status() == 0
                ? Optional.empty()
                : Optional.of("docker: it runs no container here: " + said(answer));
    }

    private static String said(Command.Answer answer) {
        return answer.output()
                .lines()
                .filter(line -> line.contains("rror"))
                .findFirst()
                .orElse("status " + answer.status());
    }

    /** Noted before they are made, in every hierarchy, for the {@link Sweep}. */
    private static String groups(RunDirectory directory) throws IOException {
        String name = "gatemend-%08x".formatted(RandomGenerator.getDefault().nextInt());
        try (DirectoryStream<Path> hierarchies =
                Files.newDirectoryStream(Path.of("/sys/fs/cgroup"), Files::isDirectory)) {
            for (Path hierarchy : hierarchies) {
                directory.noteControlGroup(new ControlGroup(hierarchy.resolve(name)));
            }
        }
        directory.noteControlGroup(new ControlGroup(Path.of("/sys/fs/cgroup", name)));
        return name;
    }

    private static void importBase(Path home) throws IOException, InterruptedException {
        Path root = Files.createDirectories(home.resolve("base/usr"));
        for (String link : LINKS) {
            Files.createSymbolicLink(root.resolveSibling(link), Path.of("usr", link));
        }
        Path archive = home.resolve("base.tar");
        Command.run("tar", "-C", home.resolve("base").toString(), "-cf", archive.toString(), ".");
        Command.run(docker(home, "import", archive.toString(), "base"));
    }

    /**
     * nginx in a container called {@code proxy}, with its files and logs where they always are.
     *
     * @param options of {@code docker run}
     */
    static void startNginx(Bench bench, List<String> options)
            throws IOException, InterruptedException {
        Path nginx = bench.nginxBinary().toRealPath();
        Path pid = bench.nginx().startedElsewhere();
        Path files = bench.path("nginx");
        List<String> command =
                docker(
                        bench.path("docker"),
                        "run",
                        "--detach",
                        "--name=proxy",
                        "--volume=/usr:/usr:ro");
        for (String account : List.of("/etc/passwd", "/etc/group")) {
            command.add("--volume=%1$s:%1$s:ro".formatted(account));
        }
        command.add("--volume=%1$s:%1$s".formatted(files));
        if (!nginx.startsWith("/usr")) {
            // Its libraries lie beside it.
            Path root = nginx.resolve("../../..").normalize();
            command.add("--volume=%1$s:%1$s:ro".formatted(root));
        }
        command.addAll(options);
        command.addAll(List.of("base", nginx.toString(), "-p", files + "/"));
        command.addAll(List.of("-c", bench.nginx().configuration().toString()));
        command.addAll(List.of("-e", bench.nginx().errorLog().toString(), "-g", "daemon off;"));
        Command.run(command);
        Await.until("nginx is up in its container", Await.LONG, () -> Files.exists(pid));
    }

    private static List<String> docker(Path home, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Applications.program("docker"), "--host=" + socket(home)));
        command.addAll(List.of(words));
        return command;
    }

    private static String socket(Path home) {
        return "unix://" + home.resolve("docker.sock");
    }
}
