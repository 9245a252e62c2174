package dev.gatemend.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/** {@code gatemend incidents}: what the daemon remembers. */
final class IncidentsCommand implements Command {
    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String summary() {
        return "Show the incidents that gatemend watch remembers.";
    }

    @Override
    public List<Command> subcommands() {
        return List.of(new IncidentsListCommand(), new IncidentsShowCommand());
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        throw new UsageException("which command? gatemend incidents --help lists them");
    }
}
