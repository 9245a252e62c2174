package dev.gatemend.host;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Source;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host made of a directory and fake commands, what earlier stages saw, and one observer's turn.
 */
final class Scene {
    private final Path root;
    private Path proc;
    private Commands commands = new FakeCommands();
    private boolean privileged = true;
    private boolean live;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Duration window = Duration.ofMinutes(15);
    private ZoneId zone = ZoneOffset.UTC;
    private Optional<URI> url = Optional.empty();
    private Optional<Path> configuration = Optional.empty();
    private final List<Observation> earlier = new ArrayList<>();

    Scene(Path root) {
        this.root = root;
        this.proc = root.resolve("proc");
    }

    /** This machine's files and processes with its real commands. */
    static Scene real() {
        Scene scene = new Scene(Path.of("/"));
        scene.commands = new ProcessCommands();
        scene.live = true;
        scene.now = Instant.now();
        return scene;
    }

    Scene file(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Scene commands(Commands with) {
        commands = with;
        return this;
    }

    Scene unprivileged() {
        privileged = false;
        return this;
    }

    Scene at(Instant instant) {
        now = instant;
        return this;
    }

    Scene url(String text) {
        url = Optional.of(URI.create(text));
        return this;
    }

    Scene configuration(String file) {
        configuration = Optional.of(Path.of(file));
        return this;
    }

    Scene seen(Fact... facts) {
        Stream.of(facts)
                .map(f -> new Observation(f, new Source("test", "given"), now))
                .forEach(earlier::add);
        return this;
    }

    /** What the observer sees, in its order. */
    List<Observation> observations(Observer observer) throws IOException, InterruptedException {
        LookRequest request =
                new LookRequest(
                        Window.endingAt(now, window), zone, configuration, Optional.empty(), url);
        Look look =
                new Look(
                        observer.name(),
                        new Host(root, proc, commands, privileged),
                        request,
                        earlier,
                        live ? InstantSource.system() : InstantSource.fixed(now));
        observer.look(look);
        return look.close();
    }

    /** The facts of one kind it sees. */
    <F extends Fact> List<F> facts(Observer observer, Class<F> kind)
            throws IOException, InterruptedException {
        return observations(observer).stream()
                .map(Observation::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Why it could not look. */
    List<String> excuses(Observer observer) throws IOException, InterruptedException {
        return facts(observer, CouldNotLook.class).stream().map(CouldNotLook::why).toList();
    }
}
