package dev.gatemend.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int status = run(screen(), arguments);
        System.exit(status);
    }

    static int run(Screen screen, String... arguments) {
        int status = new Program(screen).run(arguments);
        screen.out().flush();
        screen.err().flush();
        return status;
    }

    /**
     * The launcher says whether a person reads along: asking the JDK for a console would load a
     * terminal library at every start.
     */
    private static Screen screen() {
        boolean terminal = Boolean.getBoolean("gatemend.terminal");
        return new Screen(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty(),
                false,
                Integer.getInteger("gatemend.columns", Screen.DEFAULT_COLUMNS));
    }

    /** Buffered, and in UTF-8 whatever the locale says. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
                false,
                StandardCharsets.UTF_8);
    }
}
