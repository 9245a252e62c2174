package dev.gatemend.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of a test. It must end when its standard input does, so that nothing outlives a test
 * run that is killed.
 */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program and waits for its first line. */
    static Child saying(List<String> arguments) throws IOException {
        Child child = new Child(new ProcessBuilder(arguments).redirectErrorStream(true).start());
        child.line();
        return child;
    }

    /** A process in a network namespace of its own, with loopback up. */
    static Child inOwnNetwork() throws IOException {
        return saying(
                List.of(
                        "unshare",
                        "--net",
                        "sh",
                        "-c",
                        "ip link set lo up && echo ready && exec cat"));
    }

    /** Python, told what to do; it must print a line and then wait for its input to end. */
    static Child python(String program) throws IOException {
        return saying(List.of("python3", "-u", "-c", program));
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    /** The next line it prints. */
    String line() throws IOException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(line));
        try {
            return line.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("said nothing: " + process.info(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(e);
        }
    }

    private void read(CompletableFuture<String> line) {
        try {
            String read = output.readLine();
            if (read == null) {
                line.completeExceptionally(new IOException("ended: " + process.info()));
            } else {
                line.complete(read);
            }
        } catch (IOException e) {
            line.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
