package dev.gatemend.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The container engines whose socket stands at its usual place.
 *
 * <p>systemd holds these sockets for engines that do not run and starts them at the first connect
 * (docker.socket, podman.socket). A look starts nothing, so an engine is asked only while its
 * process is there.
 */
final class Engines {
    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "docker",
                            "docker.sock",
                            words -> CommandLines.isNamed(words, "dockerd")),
                    new Kind(
                            "podman",
                            "podman/podman.sock",
                            words ->
                                    CommandLines.isNamed(words, "podman")
                                            && words.contains("system")
                                            && words.contains("service")));

    private Engines() {}

    /**
     * An engine that has a socket.
     *
     * @param name {@code docker}, {@code podman}
     * @param serving whether its process runs, so that a connect starts nothing
     */
    record Engine(String name, Path socket, boolean serving) {}

    private record Kind(String name, String socket, Predicate<List<String>> serves) {}

    static List<Engine> of(Host host) {
        List<Kind> kinds = KINDS.stream().filter(k -> socket(host, k).isPresent()).toList();
        List<List<String>> commands = kinds.isEmpty() ? List.of() : CommandLines.of(host);
        return kinds.stream()
                .flatMap(k -> socket(host, k).map(s -> engine(commands, k, s)).stream())
                .toList();
    }

    private static Optional<Path> socket(Host host, Kind kind) {
        return Stream.of("run", "var/run")
                .map(directory -> host.root().resolve(directory).resolve(kind.socket()))
                .filter(Files::exists)
                .findFirst();
    }

    private static Engine engine(List<List<String>> commands, Kind kind, Path socket) {
        return new Engine(kind.name(), socket, commands.stream().anyMatch(kind.serves()));
    }
}
