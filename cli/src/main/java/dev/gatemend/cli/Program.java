package dev.gatemend.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line from words to exit code; every complaint is one line on standard error. */
final class Program {
    private final Screen screen;
    private final GatemendCommand gatemend = new GatemendCommand();

    Program(Screen screen) {
        this.screen = screen;
    }

    /**
     * Runs the command that the words name.
     *
     * @return one of {@link ExitCode}
     */
    int run(String... words) {
        return commandLine().execute(words);
    }

    /** The commands with their options, for help and generated pages as well. */
    CommandLine commandLine() {
        return new CommandLine(gatemend)
                .setOut(new PrintWriter(screen.out(), true))
                .setErr(new PrintWriter(screen.err(), true))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(screen.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(screen.columns())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> usage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    }

    private int usage(ParameterException exception) {
        List<String> suggestions =
                exception instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String meant =
                suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
        return complain(exception.getMessage() + meant, exception, ExitCode.USAGE);
    }

    private int failed(Exception exception) {
        return switch (exception) {
            case UsageException usage -> complain(usage.getMessage(), usage, ExitCode.USAGE);
            case InterruptedException interrupted ->
                    complain("interrupted", interrupted, ExitCode.INTERRUPTED);
            default ->
                    complain(
                            "failed: " + exception + " (--debug shows where)",
                            exception,
                            ExitCode.FAILED);
        };
    }

    private int complain(String message, Exception exception, int status) {
        screen.err().println("gatemend: " + message);
        if (gatemend.debug()) {
            exception.printStackTrace(screen.err());
        }
        return status;
    }
}
