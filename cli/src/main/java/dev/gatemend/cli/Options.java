package dev.gatemend.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Options that several commands share, and short ways to declare and to read one. */
final class Options {
    static final String DEBUG = "--debug";
    static final String JSON = "--json";
    static final String NO_COLOR = "--no-color";

    private Options() {}

    /** What every command understands. */
    static void addCommon(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
        flag(spec, NO_COLOR, "No colour, even on a terminal.");
        flag(spec, DEBUG, "Show where the time went, and the stack trace of a failure.");
    }

    static void flag(CommandSpec spec, String letter, String name, String description) {
        spec.addOption(OptionSpec.builder(letter, name).description(description).build());
    }

    static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name).description(description).build());
    }

    static void value(CommandSpec spec, String name, String label, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .type(String.class)
                        .paramLabel(label)
                        .description(description)
                        .build());
    }

    /**
     * Declares the one parameter of a command.
     *
     * @param arity {@code 1} when it has to be given, {@code 0..1} when not
     */
    static void parameter(CommandSpec spec, String label, String arity, String description) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .type(String.class)
                        .index("0")
                        .arity(arity)
                        .required(arity.equals("1"))
                        .paramLabel(label)
                        .description(description)
                        .build());
    }

    /** Declares the parameters of a command that takes one or more. */
    static void parameters(CommandSpec spec, String label, String description) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .index("0..*")
                        .arity("1..*")
                        .required(true)
                        .paramLabel(label)
                        .description(description)
                        .build());
    }

    /** The text given for the one parameter, or the fallback. */
    static String argument(ParseResult words, String fallback) {
        return words.matchedPositionalValue(0, fallback);
    }

    /** An option that may be given several times. */
    static void values(CommandSpec spec, String name, String label, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(label)
                        .description(description)
                        .build());
    }

    /** All values of such an option, in the order given. */
    static List<String> texts(ParseResult words, String name) {
        return words.matchedOptionValue(name, List.of());
    }

    /** Whether it is given; an option that the command does not have is not. */
    static boolean has(ParseResult words, String name) {
        return words.hasMatchedOption(name);
    }

    /** The text given for an option, or the fallback. */
    static String text(ParseResult words, String name, String fallback) {
        return words.matchedOptionValue(name, fallback);
    }
}
