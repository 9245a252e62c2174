package dev.gatemend.nginx.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real nginx, asked with {@code -t} what it thinks of a configuration. It runs unprivileged, so
 * that it changes nothing on the host; what it cannot open after its parsing is no refusal.
 */
final class NginxOracle {
    private static final Path BINARY = Path.of("/usr/sbin/nginx");
    private static final Pattern EMERGENCY =
            Pattern.compile("(?s)\\[emerg\\] (?:\\d+#\\d+: )?(.*?) in (/\\S+):(\\d+)\n");
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "unexpected .*|directive \".*\" (is not terminated by|has no opening).*"
                            + "|invalid number of arguments in .*|too long parameter.*"
                            + "|\".*\" directive (is not allowed here|is duplicate"
                            + "|invalid value|invalid number)"
                            + "|invalid value .* it must be \"on\" or \"off\"");

    private final Path directory;

    /**
     * @param directory of its own, removed by whoever made it
     */
    NginxOracle(Path directory) throws IOException {
        this.directory = directory;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whether there is an nginx to ask. */
    static boolean present() {
        return Files.isExecutable(BINARY);
    }

    /**
     * nginx's verdict.
     *
     * @param message without its place; empty when the syntax passes
     * @param line 0 when it names none
     */
    record Verdict(String message, int line) {
        boolean accepted() {
            return message.isEmpty();
        }

        /** A refusal that depends on the text alone, not on modules, files or the network. */
        boolean isSyntax() {
            return SYNTAX.matcher(message).matches();
        }
    }

    Verdict ask(byte[] configuration) {
        try {
            Path file = directory.resolve("nginx.conf");
            Files.write(file, configuration);
            Process process = new ProcessBuilder(command(file)).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher matcher = EMERGENCY.matcher(output);
            return matcher.find()
                    ? new Verdict(matcher.group(1), Integer.parseInt(matcher.group(3)))
                    : new Verdict("", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> command(Path file) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        String prefix = directory.toString();
        command.addAll(
                List.of(
                        BINARY.toString(),
                        "-t",
                        "-e",
                        "stderr",
                        "-p",
                        prefix,
                        "-c",
                        file.toString()));
        return command;
    }
}
