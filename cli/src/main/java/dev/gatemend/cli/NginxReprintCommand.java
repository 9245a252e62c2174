package dev.gatemend.cli;

import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Printable;
import dev.gatemend.nginx.config.ConfigurationParser;
import dev.gatemend.nginx.config.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend nginx reprint FILE}: the parsed file printed back, byte for byte. */
final class NginxReprintCommand implements Command {
    /** A configuration of 50,000 servers has 10 MB; what is larger than this is none. */
    private static final long LARGEST = 64 << 20;

    @Override
    public String name() {
        return "reprint";
    }

    @Override
    public String summary() {
        return "Parse a configuration file and print it back, byte for byte.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.parameter(spec, "FILE", "1", "The file; its includes are not followed.");
    }

    @Override
    public int run(ParseResult words, Screen screen) throws IOException {
        String name = Options.argument(words, "");
        Path file = LookOptions.readable(name);
        if (Files.size(file) > LARGEST) {
            throw new UsageException(name + ": larger than 64 MB, that is no configuration");
        }
        Parsed parsed = ConfigurationParser.parse(name, Files.readAllBytes(file));
        Optional<ConfigurationProblem> problem = parsed.problem();
        if (problem.isPresent()) {
            screen.err().println(Printable.oneLine(problem.get().toString()));
            return ExitCode.USAGE;
        }
        screen.out().writeBytes(parsed.tree().print());
        return ExitCode.FINE;
    }
}
