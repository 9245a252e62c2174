package dev.gatemend.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The container engines whose socket stands at its usual place, or where their process was told to
 * make it.
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

    private static final Pattern SOCKET =
            Pattern.compile("(?:-H=?|--host=)?unix:/{1,3}([\\w.@+-][\\w./@+-]{0,107})");

    private static final int MOST_SOCKETS = 8;

    private Engines() {}

    /**
     * An engine that has a socket.
     *
     * @param name {@code docker}, {@code podman}
     * @param serving whether its process runs, so that a connect starts nothing
     */
    record Engine(String name, Path socket, boolean serving) {}

    private record Kind(String name, String socket, Predicate<List<String>> serves) {}

    /** Those at their usual places, and those that a running engine was told to make. */
    static List<Engine> of(Host host) {
        List<List<String>> commands = CommandLines.of(host);
        return KINDS.stream().flatMap(kind -> of(host, kind, commands)).toList();
    }

    private static Stream<Engine> of(Host host, Kind kind, List<List<String>> commands) {
        List<List<String>> running = commands.stream().filter(kind.serves()).toList();
        Set<Path> told =
                running.stream()
                        .flatMap(words -> words.stream())
                        .flatMap(word -> ofWord(host, word).stream())
                        .filter(Files::exists)
                        .limit(MOST_SOCKETS)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        // One that was told where has no socket at the usual place, unless another engine has.
        boolean elsewhere = !told.isEmpty() && running.size() == 1;
        Optional<Path> usual = usual(host, kind).filter(socket -> !told.contains(socket));
        return Stream.concat(
                told.stream().map(socket -> new Engine(kind.name(), socket, true)),
                usual.stream()
                        .map(
                                socket ->
                                        new Engine(
                                                kind.name(),
                                                socket,
                                                !running.isEmpty() && !elsewhere)));
    }

    /**
     * Of {@code dockerd -H unix:///x}, {@code --host=unix:///x}, {@code system service unix:///x}.
     */
    private static Optional<Path> ofWord(Host host, String word) {
        Matcher socket = SOCKET.matcher(word);
        return socket.matches()
                ? Optional.of(host.root().resolve(socket.group(1)))
                : Optional.empty();
    }

    private static Optional<Path> usual(Host host, Kind kind) {
        return Stream.of("run", "var/run")
                .map(directory -> host.root().resolve(directory).resolve(kind.socket()))
                .filter(Files::exists)
                .findFirst();
    }
}
