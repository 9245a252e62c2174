package dev.gatemend.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs typical commands once, while the JVM records which classes a start needs (its AOT cache).
 * The launcher's build calls it; what the commands print goes nowhere.
 */
public final class Training {
    private static final String CONFIGURATION =
            """
            events {}
            http {
                log_format timed '$remote_addr [$time_local] "$request" $status $upstream_addr $upstream_status';
                access_log DIRECTORY/access.log timed;
                error_log DIRECTORY/error.log;
                upstream app { server 127.0.0.1:9; server unix:DIRECTORY/app.sock backup; }
                server {
                    listen 127.0.0.1:8;
                    server_name shop.example;
                    location / { proxy_pass http://app; }
                }
            }
            """;

    private static final String ERRORS =
            """
            2026/11/21 10:00:00 [error] 12#12: *3 connect() failed (111: Connection refused) while connecting to \
            upstream, client: 192.0.2.1, server: shop.example, request: "GET / HTTP/1.1", upstream: \
            "http://127.0.0.1:9/", host: "shop.example"
            """;

    private static final String REQUESTS =
            """
            192.0.2.1 - - [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 502 157 "-" "curl/8" 127.0.0.1:9 502 - 0.000
            192.0.2.1 - - [21/Nov/2026:10:00:09 +0000] "GET / HTTP/1.1" 200 612 "-" "curl/8" 127.0.0.1:9 200 0.010 0.012
            """;

    private Training() {}

    /**
     * Runs them; what they find does not matter.
     *
     * @param arguments {@code words} for what only prints words, {@code quick} for the rest as
     *     well, {@code long} for what reads for seconds besides
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Screen screen = new Screen(nowhere, nowhere, true, false, Screen.DEFAULT_COLUMNS);
        run(screen, List.of(List.of("--version"), List.of("--help")));
        if (!List.of(arguments).contains("words")) {
            run(screen, List.of(List.of("lab", "list")));
            inDirectory(directory -> runOnFiles(screen, directory));
        }
        if (List.of(arguments).contains("long")) {
            inDirectory(directory -> readLogs(screen, directory));
        }
    }

    /** Something that needs a place for its files. */
    @FunctionalInterface
    private interface Work {
        void in(Path directory) throws IOException;
    }

    private static void readLogs(Screen screen, Path directory) throws IOException {
        Path requests = directory.resolve("access.log");
        Path errors = directory.resolve("error.log");
        TrainingLogs.write(requests, errors);
        run(
                screen,
                List.of(
                        List.of("logs", requests.toString(), errors.toString()),
                        List.of("logs", "--count", requests.toString()),
                        List.of("logs", requests.toString(), errors.toString(), "--json"),
                        List.of("logs", "--count", requests.toString()),
                        List.of("logs", errors.toString())));
    }

    private static void run(Screen screen, List<List<String>> commandLines) {
        commandLines.forEach(words -> Main.run(screen, words.toArray(String[]::new)));
    }

    private static void inDirectory(Work work) throws IOException {
        Path directory = Files.createTempDirectory("gatemend-training");
        try {
            work.in(directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What people paste, of many kinds, so that many causes weigh something. */
    private static List<String> texts() throws IOException {
        try (InputStream in = Training.class.getResourceAsStream("training.txt")) {
            String all =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.split("(?m)^%%\n", -1));
        }
    }

    private static void runOnFiles(Screen screen, Path directory) throws IOException {
        Path configuration = directory.resolve("nginx.conf");
        Path errors = directory.resolve("error.log");
        Files.writeString(configuration, CONFIGURATION.replace("DIRECTORY", directory.toString()));
        Files.writeString(errors, ERRORS);
        Files.writeString(directory.resolve("access.log"), "");
        String requests = directory.resolve("traffic.log").toString();
        Files.writeString(Path.of(requests), REQUESTS);
        for (String text : texts()) {
            Path pasted = Files.writeString(directory.resolve("pasted.txt"), text);
            run(screen, List.of(List.of("diagnose", "--from", pasted.toString())));
        }
        String given = "--config=" + configuration;
        String bundle = directory.resolve("bundle.json").toString();
        run(
                screen,
                List.of(
                        List.of("diagnose", "--wrong"),
                        List.of("diagnose", given),
                        List.of("diagnose", given, "--json"),
                        List.of("bundle", "-o", bundle, given),
                        List.of("diagnose", "--bundle", bundle),
                        List.of(
                                "diagnose",
                                "--from",
                                errors.toString(),
                                "--from",
                                configuration.toString()),
                        List.of("nginx", "map", given),
                        List.of("nginx", "reprint", configuration.toString()),
                        List.of("nginx", "classify", errors.toString()),
                        List.of("logs", requests, errors.toString()),
                        List.of("logs", requests, "--json"),
                        List.of("lab", "list"),
                        List.of("explain")));
    }
}
