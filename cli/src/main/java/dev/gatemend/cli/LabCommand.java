package dev.gatemend.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/** {@code gatemend lab}: the fault bench, where the diagnosis is held to faults made for real. */
final class LabCommand implements Command {
    @Override
    public String name() {
        return "lab";
    }

    @Override
    public String summary() {
        return "Break real nginx with real applications on purpose, and judge the diagnosis.";
    }

    @Override
    public List<Command> subcommands() {
        return List.of(
                new LabBenchCommand(),
                new LabCompareCommand(),
                new LabListCommand(),
                new LabRunCommand(),
                new LabScoreCommand());
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        throw new UsageException("which command? gatemend lab --help lists them");
    }
}
