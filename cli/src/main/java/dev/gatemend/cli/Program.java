package dev.gatemend.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line from words to exit code; every complaint is one line on standard error. */
final class Program {
    private final Screen screen;

    Program(Screen screen) {
        this.screen = screen;
    }

    /**
     * Runs the command that the words name.
     *
     * @return one of {@link ExitCode}
     */
    int run(String... words) {
        boolean debug = List.of(words).contains(Options.DEBUG);
        try {
            return follow(commandLine().parseArgs(words));
        } catch (ParameterException e) {
            return complain(meaning(e), e, debug, ExitCode.USAGE);
        } catch (UsageException e) {
            return complain(String.valueOf(e.getMessage()), e, debug, ExitCode.USAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return complain("interrupted", e, debug, ExitCode.INTERRUPTED);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return complain("failed: " + e, e, debug, ExitCode.FAILED);
        }
    }

    /** The commands with their options, for help and generated pages as well. */
    static CommandLine commandLine() {
        return new CommandLine(specification(new Gatemend()));
    }

    private static CommandSpec specification(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
        spec.usageMessage().description(command.summary()).synopsisSubcommandLabel("COMMAND");
        command.declare(spec);
        Options.addCommon(spec);
        for (Command below : command.subcommands()) {
            spec.addSubcommand(below.name(), specification(below));
        }
        return spec;
    }

    private int follow(ParseResult parsed) throws IOException, InterruptedException {
        ParseResult words = parsed;
        while (words.hasSubcommand()) {
            words = words.subcommand();
        }
        CommandSpec spec = words.commandSpec();
        if (parsed.isVersionHelpRequested()) {
            spec.commandLine().printVersionHelp(screen.out(), Ansi.OFF);
            return ExitCode.FINE;
        }
        Screen wanted = Options.has(words, Options.NO_COLOR) ? screen.withoutColour() : screen;
        if (words.isUsageHelpRequested()) {
            spec.usageMessage().width(wanted.columns());
            spec.commandLine()
                    .usage(wanted.out(), Help.defaultColorScheme(Ansi.valueOf(wanted.colour())));
            return ExitCode.FINE;
        }
        return ((Command) spec.userObject()).run(words, wanted);
    }

    private static String meaning(ParameterException exception) {
        List<String> suggestions =
                exception instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String meant =
                suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
        return exception.getMessage() + meant;
    }

    private int complain(String message, Throwable failure, boolean debug, int status) {
        screen.err().println("gatemend: " + message);
        if (debug) {
            failure.printStackTrace(screen.err());
        }
        return status;
    }
}
