package dev.gatemend.cli;

import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.watch.Beat;
import dev.gatemend.watch.Recollection;
import dev.gatemend.watch.Told;
import dev.gatemend.watch.Watch;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend watch}: the daemon, in the foreground until a signal ends it. */
final class WatchCommand implements Command {
    private static final String EVENTS = "--events";
    private static final String STANDARD = "-";

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String summary() {
        return "Watch nginx: notice when requests fail, open an incident, diagnose it at once, remember it.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.value(
                spec,
                EVENTS,
                "FILE",
                "Append each event to it, one JSON object a line, schema gatemend.event/1; - for standard output.");
        LookOptions.addWhich(spec);
        LookOptions.addState(spec);
        LookOptions.addZone(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException, InterruptedException {
        Host host = Host.local();
        Path state = LookOptions.state(words, host);
        LookRequest asked = LookOptions.request(words, Instant.now());
        Watch.Wish wish =
                new Watch.Wish(
                        now -> asked.endingAt(now),
                        LookOptions.givenZone(words),
                        ProgramVersion.number());
        Interrupt interrupt = Interrupt.install();
        try (StopSignal signal = StopSignal.install();
                PrintStream events = events(words, screen)) {
            Recollection memory = recollect(state, announcement(words, screen, events));
            new Watch(host, wish, beat(signal), memory).run();
            screen.out().flush();
            screen.err().flush();
            events.flush();
            int status = interrupt.came() ? ExitCode.INTERRUPTED : ExitCode.FINE;
            signal.ended(status);
            return status;
        }
    }

    private static Recollection recollect(Path state, Consumer<Told> announce) {
        try {
            return Recollection.open(state, Instant.now(), announce);
        } catch (IOException e) {
            throw new UsageException(NewFile.why(e), e);
        }
    }

    /** Where events go, flushed one by one. */
    private static PrintStream events(ParseResult words, Screen screen) {
        String file = Options.text(words, EVENTS, STANDARD);
        if (file.equals(STANDARD)) {
            return screen.out();
        }
        try {
            return new PrintStream(
                    new FileOutputStream(LookOptions.path(file).toFile(), true),
                    true,
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be written: " + NewFile.why(e), e);
        }
    }

    private static Consumer<Told> announcement(
            ParseResult words, Screen screen, PrintStream events) {
        if (!Options.has(words, EVENTS)) {
            WatchLines lines = new WatchLines(screen.columns());
            return told -> {
                screen.out().print(lines.of(told.event()));
                screen.out().flush();
            };
        }
        return told -> {
            events.print(told.document() + "\n");
            events.flush();
        };
    }

    private static Beat beat(Pulse pulse) {
        return new Beat() {
            @Override
            public Instant now() {
                return pulse.now();
            }

            @Override
            public void rest() throws InterruptedException {
                pulse.rest();
            }

            @Override
            public boolean isOver() {
                return pulse.isOver();
            }
        };
    }
}
