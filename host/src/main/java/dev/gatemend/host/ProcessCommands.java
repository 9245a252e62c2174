package dev.gatemend.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Commands as child processes, in the C locale and with nothing on their standard input. */
final class ProcessCommands implements Commands {
    private static final int MOST_OUTPUT = 8 << 20;
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    @Override
    public Answer run(Duration limit, List<String> arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().put("LC_ALL", "C");
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        Process process = start(builder, arguments);
        try {
            CompletableFuture<byte[]> output = drain(process.getInputStream());
            CompletableFuture<byte[]> error = drain(process.getErrorStream());
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        arguments.getFirst()
                                + " did not answer within "
                                + limit.toMillis()
                                + " ms");
            }
            byte[] bytes = output.join();
            return new Answer(
                    process.exitValue(),
                    text(bytes),
                    text(error.join()),
                    bytes.length == MOST_OUTPUT);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(ProcessBuilder builder, List<String> arguments)
            throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(arguments.getFirst() + " is not installed or may not be run", e);
        }
    }

    private static CompletableFuture<byte[]> drain(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> readAll(stream), READERS);
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            byte[] bytes = stream.readNBytes(MOST_OUTPUT);
            stream.skip(Long.MAX_VALUE);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
