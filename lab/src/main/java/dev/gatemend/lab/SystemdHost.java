package dev.gatemend.lab;

import static java.util.stream.Collectors.joining;

import dev.gatemend.host.Because;
import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.model.Snapshot;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host on which systemd is PID 1: a small Debian root that systemd-nspawn boots for one scenario,
 * with processes, mounts and a network of its own, which is loopback. What is written there lies in
 * memory and is gone afterwards. The bench's directory is there under the same name, and this
 * program with its JDK, to be read only.
 *
 * @param leader its PID 1, as seen from here
 */
record SystemdHost(long leader, Path directory) {
    private static final Duration TO_BOOT = Duration.ofSeconds(60);

    /** Into groups of its own, by which a {@link Sweep} finds all that ever runs there. */
    private static final String MOVE_IN =
            """
            while [ "$1" != -- ]; do echo $$ >"$1"; shift; done; shift; exec "$@"
            """;

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LANG", "C.UTF-8",
                    "HOME", "/root");

    /** Where {@code scripts/systemd-root.sh} leaves it; empty when it was not made. */
    static Optional<Path> root() {
        String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path cache =
                configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return Optional.of(cache.resolve("gatemend/systemd/root"))
                .filter(root -> Files.isDirectory(root.resolve("etc/systemd")));
    }

    /**
     * Boots one, and returns when it has come up.
     *
     * @throws CannotPlay when none comes up on this machine
     */
    static SystemdHost boot(Bench bench, RunDirectory directory)
            throws CannotPlay, InterruptedException {
        try {
            return booted(bench, directory);
        } catch (IOException e) {
            throw new CannotPlay("systemd: " + Because.of(e));
        }
    }

    private static SystemdHost booted(Bench bench, RunDirectory directory)
            throws IOException, InterruptedException {
        Path root = root().orElseThrow(() -> new IOException("there is no root to boot"));
        String name = "gatemend-%08x".formatted(RandomGenerator.getDefault().nextInt());
        List<ControlGroup> groups = groups(name, directory);
        List<String> command = new ArrayList<>(List.of("sh", "-euc", MOVE_IN, "systemd-host"));
        groups.forEach(group -> command.add(group.door().toString()));
        command.add("--");
        command.addAll(nspawn(root, name, directory.path()));
        Program program = bench.start("systemd-nspawn", false, command);
        SystemdHost host = new SystemdHost(leader(program, groups.getFirst()), directory.path());
        Await.until("systemd is up", TO_BOOT, host::isUp);
        return host;
    }

    private static List<ControlGroup> groups(String name, RunDirectory directory)
            throws IOException {
        List<ControlGroup> groups = new ArrayList<>();
        for (Path hierarchy : ControlGroup.hierarchies()) {
            ControlGroup group = new ControlGroup(hierarchy.resolve(name));
            directory.noteControlGroup(group);
            Files.createDirectory(group.path());
            groups.add(group);
        }
        if (groups.isEmpty()) {
            throw new IOException("no control groups are mounted here");
        }
        return groups;
    }

    /** systemd-nspawn(1); what it would tell a systemd of this machine it keeps to itself. */
    private static List<String> nspawn(Path root, String name, Path directory) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "systemd-nspawn",
                                "--quiet",
                                "--boot",
                                "--settings=no",
                                "--register=no",
                                "--keep-unit",
                                "--volatile=overlay",
                                "--private-network",
                                "--console=pipe",
                                "--resolv-conf=off",
                                "--timezone=off",
                                "--link-journal=no",
                                "--machine=" + name,
                                "--directory=" + root,
                                "--bind=" + directory));
        for (Path place : ownPlaces()) {
            command.add("--bind-ro=" + place);
        }
        return command;
    }

    /** The JDK, and what is on the class path: directories as they are, jars with their like. */
    private static Set<Path> ownPlaces() {
        Set<Path> places = new LinkedHashSet<>(List.of(Path.of(System.getProperty("java.home"))));
        classPath()
                .map(path -> Files.isDirectory(path) ? path : path.resolve("..").normalize())
                .forEach(places::add);
        return places;
    }

    private static Stream<Path> classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(element -> Path.of(element).toAbsolutePath())
                .filter(Files::exists);
    }

    private static long leader(Program nspawn, ControlGroup group)
            throws IOException, InterruptedException {
        Path first = group.path().resolve("payload/init.scope/cgroup.procs");
        Await.until(
                "systemd-nspawn boots",
                TO_BOOT,
                () -> {
                    if (!nspawn.process().isAlive()) {
                        throw new IOException("systemd-nspawn ended: " + nspawn.lastWords());
                    }
                    return firstIn(first).isPresent();
                });
        return firstIn(first).orElseThrow();
    }

    private static OptionalLong firstIn(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().mapToLong(Long::parseLong).findFirst()
                : OptionalLong.empty();
    }

    /** A unit that failed while it came up is no reason to wait any longer. */
    private boolean isUp() throws IOException, InterruptedException {
        String state = answer("systemctl", "is-system-running").output().strip();
        return state.equals("running") || state.equals("degraded");
    }

    /** What to put before a command so that it runs there. */
    List<String> prefix() {
        return List.of("nsenter", "--target=" + leader, "--all", "--");
    }

    /** The environment of what is run there. */
    Map<String, String> environment() {
        return ENVIRONMENT;
    }

    /** Its files. */
    Path files() {
        return Path.of("/proc", Long.toString(leader), "root");
    }

    /** Its network. */
    Namespace network() {
        return new Namespace(leader + "", Path.of("/proc", Long.toString(leader), "ns/net"));
    }

    /** Runs a short program there, whether or not it succeeds. */
    Command.Answer answer(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(arguments));
        return Command.answer(command);
    }

    /** Runs a short program there. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /** What its systemd says of its services and sockets. */
    List<UnitLife> units() throws IOException, InterruptedException {
        return UnitLife.parse(run(UnitLife.COMMAND.toArray(String[]::new)));
    }

    /** What the observers see of it, run there as its operator would run them. */
    Snapshot look(Duration since) throws IOException, InterruptedException {
        Path bundle = directory.resolve("look.bundle");
        List<String> command = new ArrayList<>(prefix());
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath().map(Path::toString).collect(joining(File.pathSeparator)),
                        LookFromInside.class.getName(),
                        since.toString(),
                        bundle.toString()));
        Command.run(command);
        try (InputStream in = Files.newInputStream(bundle)) {
            return Bundle.readFrom(in).snapshot();
        }
    }
}
