package dev.gatemend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short programs that the bench runs to their end: ip, nft, mount, openssl. No shell. */
final class Command {
    private static final long LIMIT_SECONDS = 60;
    private static final Path HERE = Path.of("/");

    private Command() {}

    /** What a program said, and its exit status. */
    record Answer(int status, String output) {}

    /**
     * Runs it and returns what it printed.
     *
     * @throws IOException when it is missing, fails, or takes longer than a minute
     */
    static String run(List<String> arguments) throws IOException, InterruptedException {
        return run(arguments, HERE);
    }

    /** The same, in another working directory. */
    static String run(List<String> arguments, Path directory)
            throws IOException, InterruptedException {
        Answer answer = answer(arguments, directory);
        if (answer.status() != 0) {
            throw new IOException(
                    "%s failed (%d): %s"
                            .formatted(
                                    String.join(" ", arguments),
                                    answer.status(),
                                    answer.output().strip()));
        }
        return answer.output();
    }

    /** Runs it, whether or not it succeeds. */
    static Answer answer(List<String> arguments) throws IOException, InterruptedException {
        return answer(arguments, HERE);
    }

    /** The same, in another working directory. */
    static Answer answer(List<String> arguments, Path directory)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(arguments)
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        Thread limit = Thread.ofVirtual().start(() -> endAfterLimit(process));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        limit.interrupt();
        return new Answer(status, output);
    }

    static String run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    /** Runs it for what it does, where a failure only means there was nothing to do. */
    static void attempt(String... arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (IOException _) {
            // Nothing to do is as good as done: a namespace or mount that is gone already.
        }
    }

    private static void endAfterLimit(Process process) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
