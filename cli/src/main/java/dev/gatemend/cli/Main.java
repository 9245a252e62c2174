package dev.gatemend.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StandardOutput out = new StandardOutput();
        Screen screen = screen(out);
        int status = run(screen, arguments);
        Optional<String> failure = out.failure();
        if (failure.isPresent()) {
            screen.err().println("gatemend: cannot write: " + failure.get());
            screen.err().flush();
            status = ExitCode.FAILED;
        }
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
    private static Screen screen(StandardOutput out) {
        boolean terminal = Boolean.getBoolean("gatemend.terminal");
        return new Screen(
                stream(out),
                stream(new FileOutputStream(FileDescriptor.err)),
                terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty(),
                false,
                Integer.getInteger("gatemend.columns", Screen.DEFAULT_COLUMNS));
    }

    /** Buffered, and in UTF-8 whatever the locale says. */
    private static PrintStream stream(OutputStream out) {
        return new PrintStream(
                new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
    }
}
