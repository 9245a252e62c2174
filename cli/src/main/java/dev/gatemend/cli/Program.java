package dev.gatemend.cli;

import dev.gatemend.host.Because;
import dev.gatemend.model.Printable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
            return follow(commandLine(new HashSet<>(List.of(words))::contains).parseArgs(words));
        } catch (ParameterException e) {
            return complain(meaning(e), e, debug, ExitCode.USAGE);
        } catch (UsageException e) {
            return complain(String.valueOf(e.getMessage()), e, debug, ExitCode.USAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return complain("interrupted", e, debug, ExitCode.INTERRUPTED);
        } catch (IOException e) {
            return complain(Because.of(e), e, debug, ExitCode.FAILED);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return complain("failed: " + e, e, debug, ExitCode.FAILED);
        }
    }

    /** The commands with their options, for help and generated pages as well. */
    static CommandLine commandLine() {
        return commandLine(_ -> true);
    }

    /**
     * Only what the words name is declared in full; of the others a list of commands shows no more
     * than name and summary.
     */
    private static CommandLine commandLine(Predicate<String> wanted) {
        return new CommandLine(specification(new Gatemend(), wanted));
    }

    private static CommandSpec specification(Command command, Predicate<String> wanted) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
        spec.usageMessage().description(command.summary()).synopsisSubcommandLabel("COMMAND");
        command.declare(spec);
        Options.addCommon(spec);
        for (Command below : command.subcommands()) {
            spec.addSubcommand(
                    below.name(),
                    wanted.test(below.name()) ? specification(below, wanted) : named(below));
        }
        return spec;
    }

    private static CommandSpec named(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
        spec.usageMessage().description(command.summary());
        return spec;
    }

    private int follow(ParseResult parsed) throws IOException, InterruptedException {
        ParseResult words = parsed;
        Screen wanted = as(words, screen);
        while (words.hasSubcommand()) {
            words = words.subcommand();
            wanted = as(words, wanted);
        }
        CommandSpec spec = words.commandSpec();
        if (parsed.isVersionHelpRequested()) {
            spec.commandLine().printVersionHelp(screen.out(), Ansi.OFF);
            return ExitCode.FINE;
        }
        if (words.isUsageHelpRequested()) {
            spec.usageMessage().width(wanted.columns());
            spec.commandLine()
                    .usage(wanted.out(), Help.defaultColorScheme(Ansi.valueOf(wanted.colour())));
            return ExitCode.FINE;
        }
        return ((Command) spec.userObject()).run(words, wanted);
    }

    /** The screen as the options of one level want it. */
    private static Screen as(ParseResult words, Screen screen) {
        return screen.with(Options.has(words, Options.NO_COLOR), Options.has(words, Options.DEBUG));
    }

    /** picocli's finding in the words of this program. */
    private static String meaning(ParameterException exception) {
        String where = exception.getCommandLine().getCommandSpec().qualifiedName(" ");
        return switch (exception) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, where);
            case MissingParameterException missing when !missing.getMissing().isEmpty() ->
                    missing(missing.getMissing().getFirst(), where);
            default -> decapitalised(String.valueOf(exception.getMessage()));
        };
    }

    private static String missing(ArgSpec missing, String where) {
        String needing = missing instanceof OptionSpec option ? option.longestName() : where;
        return needing + " needs " + missing.paramLabel();
    }

    private static String unmatched(UnmatchedArgumentException exception, String where) {
        String word = exception.getUnmatched().getFirst();
        boolean option = word.startsWith("-");
        CommandSpec spec = exception.getCommandLine().getCommandSpec();
        String kind = option ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
        List<String> known =
                option
                        ? List.copyOf(spec.optionsMap().keySet())
                        : List.copyOf(spec.subcommands().keySet());
        return "unknown %s '%s'%s"
                .formatted(
                        kind,
                        word,
                        Likeness.suggestion(word, known)
                                .orElse("; " + where + " --help lists what there is"));
    }

    private static String decapitalised(String words) {
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private int complain(String message, Throwable failure, boolean debug, int status) {
        message.lines()
                .forEach(line -> screen.err().println("gatemend: " + Printable.oneLine(line)));
        if (debug) {
            failure.printStackTrace(screen.err());
        }
        return status;
    }
}
