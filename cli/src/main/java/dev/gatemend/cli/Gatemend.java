package dev.gatemend.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program itself, above its commands. */
final class Gatemend implements Command {
    @Override
    public String name() {
        return "gatemend";
    }

    @Override
    public String summary() {
        return "Explains nginx gateway errors (502, 503, 504, 500) by evidence.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and exit.")
                        .build());
        spec.versionProvider(() -> new String[] {"gatemend " + ProgramVersion.number()});
    }

    @Override
    public List<Command> subcommands() {
        return List.of(
                new BundleCommand(),
                new DemoCommand(),
                new DiagnoseCommand(),
                new ExplainCommand(),
                new IncidentsCommand(),
                new LabCommand(),
                new LogsCommand(),
                new NginxCommand(),
                new WatchCommand());
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        throw new UsageException("which command? gatemend --help lists them");
    }
}
