package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's nginx with a prefix of its own, as root in the foreground. It ends with the test: {@code
 * setpriv --pdeathsig} ends it even when the test run is killed.
 */
final class RealNginx implements AutoCloseable {
    private static final Pattern WORKERS = Pattern.compile("worker_processes (\\d{1,3});");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final Path prefix;

    private RealNginx(Process process, Path prefix) {
        this.process = process;
        this.prefix = prefix;
    }

    /**
     * Starts nginx and waits for its workers.
     *
     * @param prefix an empty directory; the temp paths and the log lie below it
     * @param main directives of the main context, {@code user} included
     * @param http directives inside {@code http}
     * @param before words before {@code nginx}, such as {@code unshare --mount}
     */
    static RealNginx start(Path prefix, String main, String http, String... before)
            throws IOException {
        Files.setPosixFilePermissions(prefix, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(prefix.resolve("logs"));
        Path file = prefix.resolve("nginx.conf");
        Files.writeString(file, configuration(prefix, main, http));
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        command.addAll(List.of(before));
        command.addAll(
                List.of(
                        "/usr/sbin/nginx",
                        "-p",
                        prefix.toString(),
                        "-c",
                        file.toString(),
                        "-g",
                        "daemon off;"));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(prefix.resolve("logs/stderr").toFile())
                        .start();
        RealNginx nginx = new RealNginx(process, prefix);
        nginx.awaitWorkers();
        return nginx;
    }

    private static String configuration(Path prefix, String main, String http) {
        return """
        MAIN
        pid PREFIX/nginx.pid;
        error_log PREFIX/logs/error.log;
        events { worker_connections 64; }
        http {
            access_log PREFIX/logs/access.log;
            client_body_temp_path PREFIX/body;
            proxy_temp_path PREFIX/proxy;
            fastcgi_temp_path PREFIX/fastcgi;
            uwsgi_temp_path PREFIX/uwsgi;
            scgi_temp_path PREFIX/scgi;
            HTTP
        }
        """
                .replace("MAIN", main)
                .replace("HTTP", http)
                .replace("PREFIX", prefix.toString());
    }

    /** The master's pid, whatever stands before it in the command. */
    int pid() throws IOException {
        return Integer.parseInt(Files.readString(prefix.resolve("nginx.pid")).strip());
    }

    private void awaitWorkers() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!hasWorkers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        "nginx did not start: " + Files.readString(prefix.resolve("logs/stderr")));
            }
            Thread.onSpinWait();
        }
    }

    /** As many as the configuration says: a master starts them one after the other. */
    private boolean hasWorkers() throws IOException {
        if (!Files.exists(prefix.resolve("nginx.pid"))
                || Files.readString(prefix.resolve("nginx.pid")).isBlank()) {
            return false;
        }
        long workers =
                ProcessHandle.of(pid()).stream()
                        .flatMap(ProcessHandle::children)
                        .filter(child -> title(child.pid()).startsWith("nginx: worker process"))
                        .count();
        return workers >= wanted();
    }

    private int wanted() throws IOException {
        Matcher written = WORKERS.matcher(Files.readString(prefix.resolve("nginx.conf")));
        return written.find() ? Integer.parseInt(written.group(1)) : 1;
    }

    private static String title(long pid) {
        return String.join(" ", new ProcessFiles(Path.of("/proc")).arguments(Math.toIntExact(pid)));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
