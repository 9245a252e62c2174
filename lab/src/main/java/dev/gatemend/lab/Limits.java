package dev.gatemend.lab;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Faults of group G: something ran out, or may not be written. */
final class Limits {
    private static final Ask UPLOAD = Shop.cart(500).uploading(300_000);
    private static final Ask BULK = Ask.of(Shop.SITE, "/bulk/12", 200);

    /** Far above what the small limits of these scenarios allow. */
    private static final int MOST_HELD = 200;

    private Limits() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("disk-full/client-body", "no room is left for uploads on their way")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(bench -> withSmallDisk(bench, "client_body"))
                        .asks(UPLOAD)
                        .breaks(bench -> fill(bench, "client_body"))
                        .undoes(bench -> empty(bench, "client_body")),
                Scenario.of("disk-full/proxy-temp", "no room is left for answers on their way")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(bench -> withSmallDisk(bench, "proxy"))
                        .breaks(bench -> fill(bench, "proxy"))
                        .traffic(bench -> downloadSlowly(bench, "(28:"))
                        .undoes(bench -> empty(bench, "proxy")),
                Scenario.of(
                                "temp-dir-permission/client-body",
                                "the directory for uploads became root's")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(Shop::wellOnPort)
                        .asks(UPLOAD)
                        .breaks(bench -> own(bench, "client_body", "root"))
                        .undoes(bench -> own(bench, "client_body", "www-data")),
                Scenario.of("temp-dir-permission/proxy", "the directory for answers became root's")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(Shop::wellOnPort)
                        .breaks(bench -> own(bench, "proxy", "root"))
                        .traffic(bench -> downloadSlowly(bench, "(13:"))
                        .undoes(bench -> own(bench, "proxy", "www-data")),
                Scenario.of("fd-limit/worker-rlimit-nofile", "a worker may open 40 files")
                        .needs(Need.PYTHON)
                        .setUp(bench -> withLimit(bench, "worker_rlimit_nofile 40;", "512"))
                        .asks(Shop.cart(500).times(3))
                        .breaks(Limits::holdUntilItFails)
                        .undoes(Bench::letGo),
                Scenario.of("worker-connections-exhausted/small", "a worker has 17 connections")
                        .needs(Need.PYTHON)
                        .setUp(bench -> withLimit(bench, "", "17"))
                        .asks(Shop.cart(500).times(3))
                        .breaks(Limits::holdUntilItFails)
                        .undoes(Bench::letGo));
    }

    private static void withSmallDisk(Bench bench, String kind)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(bench.nginx().temp(kind));
        bench.mountSmall(directory, 4);
        Shop.wellOnPort(bench);
    }

    /** Writes until the file system is full. */
    private static void fill(Bench bench, String kind) throws IOException {
        try (var out = Files.newOutputStream(ballast(bench, kind))) {
            byte[] megabyte = new byte[1 << 20];
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    private static void empty(Bench bench, String kind) throws IOException {
        Files.delete(ballast(bench, kind));
    }

    private static Path ballast(Bench bench, String kind) throws IOException {
        return bench.nginx().temp(kind).resolve("ballast");
    }

    private static void own(Bench bench, String kind, String user)
            throws IOException, InterruptedException {
        Command.run("chown", "-R", user, bench.nginx().temp(kind).toString());
    }

    /** Asks for more than the socket buffers hold and reads nothing until nginx has complained. */
    private static void downloadSlowly(Bench bench, String errno)
            throws IOException, InterruptedException {
        for (int i = 1; i <= 3; i++) {
            int complaints = i;
            try (Socket socket = bench.client().send(BULK)) {
                Await.until(
                        "nginx cannot buffer",
                        Await.LONG,
                        () ->
                                Files.readString(bench.nginx().errorLog())
                                                .split(java.util.regex.Pattern.quote(errno), -1)
                                                .length
                                        > complaints);
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static void withLimit(Bench bench, String main, String connections)
            throws IOException, InterruptedException {
        bench.nginx().main(main).events("worker_connections " + connections + ";");
        Shop.wellOnPort(bench);
    }

    /** Requests that take a minute each, until there is no room for another. */
    private static void holdUntilItFails(Bench bench) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_HELD; i++) {
            bench.hold(Ask.of(Shop.SITE, "/wait/60", 200));
            if (bench.ask(Shop.cart(500)) == 0) {
                // Not even the client came in: one place too many is taken, of the two it needs.
                bench.letOneGo();
                bench.holdIdle();
            }
            if (bench.ask(Shop.cart(500)) == 500) {
                return;
            }
        }
        throw new IOException("no limit was reached by " + MOST_HELD + " requests");
    }
}
