package dev.gatemend.cli;

import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.host.bundle.Redacted;
import dev.gatemend.model.Snapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend bundle}: writes down all that a diagnosis would use, for another machine. */
final class BundleCommand implements Command {
    private static final String FILE = "-o";

    private static final int COLUMN = "  read it by  ".length();

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public String summary() {
        return "Write down what a diagnosis uses, without secrets, to be diagnosed elsewhere.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.value(
                spec,
                FILE,
                "FILE",
                "Where to: JSON, packed if the name ends in .gz; - for standard output.");
        Options.flag(spec, NewFile.FORCE, "Replace FILE if it is there.");
        LookOptions.addWhich(spec);
        LookOptions.addWhen(spec);
        Discretion.declare(
                spec,
                "Keep cookies, tokens, passwords, and addresses of clients and users as they are.");
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException, InterruptedException {
        String name = Options.text(words, FILE, "");
        if (name.isEmpty()) {
            throw new UsageException("where to? write it as in gatemend bundle -o shop.json");
        }
        if (name.equals(BundleFile.STANDARD)) {
            Bundle bundle = look(words);
            bundle.writeTo(screen.out());
            describe(bundle, "wrote it to standard output", name, screen.err(), screen);
            return ExitCode.FINE;
        }
        Path file = LookOptions.path(name);
        boolean replace = Options.has(words, NewFile.FORCE);
        NewFile.check(file, replace);
        Bundle bundle = look(words);
        BundleFile.write(bundle, file, replace);
        String size = Words.thousands((Files.size(file) + 1023) / 1024) + " kB";
        describe(
                bundle,
                "wrote %s: %s, readable by its owner only".formatted(name, size),
                name,
                screen.out(),
                screen);
        return ExitCode.FINE;
    }

    private static Bundle look(ParseResult words) throws InterruptedException {
        Snapshot seen = Examination.look(LookOptions.request(words, Instant.now())).snapshot();
        String version = ProgramVersion.number();
        return switch (Discretion.of(words)) {
            case OPEN -> new Bundle(version, Optional.empty(), seen);
            case REDACTED -> {
                Redacted rest = Redacted.of(seen);
                yield new Bundle(version, Optional.of(rest.tally()), rest.snapshot());
            }
        };
    }

    private static void describe(
            Bundle bundle, String done, String name, PrintStream out, Screen screen) {
        Page page = new Page(screen.columns());
        page.line(done);
        page.wrapped("  holds", COLUMN, contents(bundle.snapshot()), line -> line);
        page.wrapped("  redacted", COLUMN, redacted(bundle), line -> line);
        page.line("  read it by  gatemend diagnose --bundle " + name);
        out.print(page);
    }

    private static String contents(Snapshot snapshot) {
        Duration window = Duration.between(snapshot.window().from(), snapshot.window().to());
        Map<String, Integer> sources = new LinkedHashMap<>();
        snapshot.observations().forEach(o -> sources.merge(o.source().name(), 1, Integer::sum));
        return "%s of %s and its last %s%s"
                .formatted(
                        Words.count(snapshot.observations().size(), "observation"),
                        snapshot.host(),
                        Words.length(window),
                        sources.isEmpty() ? "" : ": " + list(sources));
    }

    private static String list(Map<String, Integer> sources) {
        return sources.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String redacted(Bundle bundle) {
        return bundle.redacted()
                .map(
                        tally ->
                                tally.secrets() + tally.clients() == 0
                                        ? "nothing: no secret was found, and no address of a client"
                                        : "%s and %s of clients and users"
                                                .formatted(
                                                        Words.count(tally.secrets(), "secret"),
                                                        addresses(tally.clients())))
                .orElse("nothing, as you asked for: keep it to yourself");
    }

    private static String addresses(int number) {
        return number == 1 ? "1 address" : Words.thousands(number) + " addresses";
    }
}
