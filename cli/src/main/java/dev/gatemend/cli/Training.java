package dev.gatemend.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs typical commands once, while the JVM records which classes a start needs (its AOT cache).
 * The launcher's build calls it; what the commands print goes nowhere.
 */
public final class Training {
    private static final List<List<String>> COMMAND_LINES =
            List.of(List.of("--version"), List.of("--help"));

    private Training() {}

    /** Runs them all; what they find does not matter. */
    public static void main(String[] arguments) {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Screen screen = new Screen(nowhere, nowhere, true, Screen.DEFAULT_COLUMNS);
        for (List<String> words : COMMAND_LINES) {
            Main.run(screen, words.toArray(String[]::new));
        }
    }
}
