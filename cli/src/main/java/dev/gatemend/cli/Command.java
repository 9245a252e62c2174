package dev.gatemend.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command: the words it takes, and what it does with them. Words are declared with picocli's
 * programmatic API: reading annotations would cost a third of a start.
 */
interface Command {
    /** The word that names it. */
    String name();

    /** One sentence for the list of commands. */
    String summary();

    /** Adds its options and parameters. */
    default void declare(CommandSpec spec) {}

    /** Commands below this one. */
    default List<Command> subcommands() {
        return List.of();
    }

    /**
     * Does it.
     *
     * @return one of {@link ExitCode}
     * @throws UsageException when the words make no sense together, or name unreadable input
     * @throws IOException when the output cannot be written
     */
    int run(ParseResult words, Screen screen) throws IOException, InterruptedException;
}
