package dev.gatemend.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands as child processes, in the C locale and with nothing on their standard input. */
final class ProcessCommands implements Commands {
    private static final int MOST_OUTPUT = 8 << 20;
    private static final int MOST_ERROR = 64 << 10;

    @Override
    public Answer run(Duration limit, List<String> arguments)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = start(arguments);
        try {
            FutureTask<byte[]> output = drain(process.getInputStream(), MOST_OUTPUT);
            FutureTask<byte[]> error = drain(process.getErrorStream(), MOST_ERROR);
            if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            // A grandchild may hold the pipes open after the child is gone: the limit holds here
            // too.
            byte[] bytes = output.get(left(deadline), TimeUnit.NANOSECONDS);
            return new Answer(
                    process.exitValue(),
                    text(bytes, MOST_OUTPUT),
                    text(error.get(left(deadline), TimeUnit.NANOSECONDS), MOST_ERROR),
                    bytes.length > MOST_OUTPUT);
        } catch (TimeoutException e) {
            throw new IOException(
                    arguments.getFirst() + " did not answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(arguments.getFirst() + ": its output could not be read", e);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().put("LC_ALL", "C");
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(arguments.getFirst() + " is not installed or may not be run", e);
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    private static FutureTask<byte[]> drain(InputStream stream, int most) {
        FutureTask<byte[]> reading = new FutureTask<>(() -> readAll(stream, most));
        Thread.ofPlatform().daemon().name("command-output").start(reading);
        return reading;
    }

    /**
     * Keeps one byte more than {@code most}, which says that there were more, and eats the rest.
     */
    private static byte[] readAll(InputStream stream, int most) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(most + 1);
            stream.transferTo(OutputStream.nullOutputStream());
            return bytes;
        }
    }

    private static String text(byte[] bytes, int most) {
        return new String(
                bytes.length > most ? Arrays.copyOf(bytes, most) : bytes, StandardCharsets.UTF_8);
    }
}
