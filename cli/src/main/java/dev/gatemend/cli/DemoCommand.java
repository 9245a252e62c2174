package dev.gatemend.cli;

import dev.gatemend.host.LookRequest;
import dev.gatemend.host.bundle.Secrets;
import dev.gatemend.lab.Demo;
import dev.gatemend.model.Snapshot;
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
        Demo.run(screen.out(), new Onlooker(screen));
        return ExitCode.FINE;
    }

    /** Prints what {@code gatemend diagnose} would print. */
    private record Onlooker(Screen screen) implements Demo.Eye {
        @Override
        public String report(Path configuration, Path nginxBinary) throws InterruptedException {
            LookRequest request =
                    new LookRequest(
                            Window.endingAt(Instant.now(), WINDOW),
                            ZoneId.systemDefault(),
                            Optional.of(configuration),
                            Optional.of(nginxBinary),
                            Optional.empty());
            return text(Examination.of(request, Discretion.REDACTED).report());
        }

        @Override
        public String report(Snapshot recorded) {
            return text(Examination.of(recorded).report());
        }

        private String text(Report report) {
            return Rendering.text(
                    report, screen.columns(), new Ink(screen.colour()), Secrets::hide);
        }
    }
}
