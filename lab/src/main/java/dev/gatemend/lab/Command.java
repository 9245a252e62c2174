package dev.gatemend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short programs that the bench runs to their end: ip, nft, mount, openssl. No shell. */
final class Command {
    private static final long LIMIT_SECONDS = 30;

    private Command() {}

    /**
     * Runs it and returns what it printed.
     *
     * @throws IOException when it is missing, fails, or takes longer than half a minute
     */
    static String run(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        Thread limit = Thread.ofVirtual().start(() -> endAfterLimit(process));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        limit.interrupt();
        if (status != 0) {
            throw new IOException(
                    String.join(" ", arguments) + " failed (" + status + "): " + output.strip());
        }
        return output;
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
