package dev.gatemend.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** What {@code gatemend logs --follow} came to, run in this process by a clock of the test's. */
record Followed(int status, String out, String err) {
    static Followed of(Pulse pulse, String... words) throws Exception {
        return of(pulse, InputStream.nullInputStream(), new ByteArrayOutputStream(), words);
    }

    static Followed of(Pulse pulse, InputStream input, ByteArrayOutputStream out, String... words)
            throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(stream(out), stream(err), false, false, 80);
        String[] all =
                Stream.concat(Stream.of("logs", "--follow"), Stream.of(words))
                        .toArray(String[]::new);
        ParseResult parsed = Program.commandLine().parseArgs(all).subcommand();
        int status = new LogsFollowing(parsed, LogsWords.of(parsed), screen, pulse).run(input);
        screen.out().flush();
        screen.err().flush();
        return new Followed(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
