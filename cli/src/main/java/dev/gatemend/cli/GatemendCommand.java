package dev.gatemend.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: what holds for every command. */
@Command(
        name = "gatemend",
        description = "Explains nginx gateway errors (502, 503, 504, 500) by evidence.",
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND")
final class GatemendCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colour, even on a terminal.")
    private boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where the time went, and the stack trace of a failure.")
    private boolean debug;

    boolean noColor() {
        return noColor;
    }

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? gatemend --help lists them");
    }
}
