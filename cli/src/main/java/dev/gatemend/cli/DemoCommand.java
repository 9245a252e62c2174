package dev.gatemend.cli;

import dev.gatemend.host.LookRequest;
import dev.gatemend.lab.Demo;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code gatemend demo}: breaks an nginx of its own in several ways and diagnoses each. */
final class DemoCommand implements Command {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Break an nginx of its own in several ways, and diagnose each; your host is left alone.";
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException, InterruptedException {
        boolean shown =
                Demo.run(
                        screen.out(),
                        (configuration, binary) -> diagnosis(configuration, binary, screen));
        return shown ? ExitCode.FINE : ExitCode.FAILED;
    }

    /** What {@code gatemend diagnose} would print. */
    private static String diagnosis(Path configuration, Path binary, Screen screen)
            throws InterruptedException {
        LookRequest request =
                new LookRequest(
                        Window.endingAt(Instant.now(), WINDOW),
                        ZoneId.systemDefault(),
                        Optional.of(configuration),
                        Optional.of(binary),
                        Optional.empty());
        return Rendering.text(
                Examination.of(request).report(),
                screen.columns(),
                new Ink(screen.colour()),
                Redaction::of);
    }
}
