package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The acts of {@code gatemend demo}: scenarios that need no root and no program but nginx. The
 * story is the line shown before each.
 */
final class DemoActs {
    private DemoActs() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("app-not-running/demo", "Somebody stops the application.")
                        .setUp(DemoActs::onPort)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> start(bench, bench.loopback("app"))),
                Scenario.of(
                                "wrong-port/demo",
                                "The application comes back one port beside the one nginx dials.")
                        .setUp(DemoActs::onPort)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restart(bench, "127.0.0.1:" + bench.portBeside("app")))
                        .undoes(bench -> restart(bench, bench.loopback("app"))),
                Scenario.of(
                                "socket-dir-permission/demo",
                                "The application's socket lies in a directory that somebody closes.")
                        .setUp(DemoActs::onSocket)
                        .asks(Shop.cart(502))
                        .breaks(DemoActs::closeDirectory)
                        .undoes(bench -> mode(bench, "rwxr-xr-x")),
                Scenario.of(
                                "response-header-too-big/demo",
                                "A new release puts 9,000 bytes into a cookie.")
                        .setUp(DemoActs::onPort)
                        .asks(Ask.of(Shop.SITE, "/login", 502))
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave),
                Scenario.of(
                                "slow-upstream-read-timeout/demo",
                                "The report takes longer than nginx is told to wait.")
                        .setUp(DemoActs::impatientOnPort)
                        .asks(Ask.of(Shop.SITE, "/report", 504).times(2))
                        .breaks(Bench::misbehave)
                        .traffic(DemoActs::askFastOnes)
                        .undoes(Bench::behave),
                Scenario.of(
                                "app-hung/demo",
                                "The application hangs: its process is stopped, its port still open.")
                        .setUp(DemoActs::impatientOnPort)
                        .asks(Shop.cart(504).times(2))
                        .breaks(bench -> bench.program("shop").freeze())
                        .undoes(bench -> bench.program("shop").thaw()));
    }

    private static void onPort(Bench bench) throws IOException, InterruptedException {
        start(bench, bench.loopback("app"));
        Shop.opens(bench, Shop.proxyToApp(bench));
    }

    /** A second instead of the usual minute: nobody watches a demonstration for that long. */
    private static void impatientOnPort(Bench bench) throws IOException, InterruptedException {
        start(bench, bench.loopback("app"));
        Shop.opens(bench, "proxy_read_timeout 1s; " + Shop.proxyToApp(bench));
    }

    private static void onSocket(Bench bench) throws IOException, InterruptedException {
        Files.createDirectory(bench.path("run/shop"));
        mode(bench, "rwxr-xr-x");
        Path socket = bench.path("run/shop/app.sock");
        start(bench, "unix:" + socket);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        bench.guilty("unix:" + socket);
        Shop.opens(bench, "proxy_pass http://unix:" + socket + ";");
    }

    /** Without root, nginx's worker is the directory's owner, and only 0000 keeps it out. */
    private static void closeDirectory(Bench bench) throws IOException {
        mode(bench, Need.ROOT.missing().isEmpty() ? "rwx------" : "---------");
    }

    private static void mode(Bench bench, String mode) throws IOException {
        Files.setPosixFilePermissions(
                bench.path("run/shop"), PosixFilePermissions.fromString(mode));
    }

    private static void askFastOnes(Bench bench) throws IOException, InterruptedException {
        for (int i = 0; i < 8; i++) {
            bench.ask(Shop.cart(200));
        }
    }

    private static void restart(Bench bench, String bind) throws IOException, InterruptedException {
        bench.program("shop").stop();
        start(bench, bind);
    }

    private static void start(Bench bench, String bind) throws IOException, InterruptedException {
        List<String> command =
                Guard.javaCommand(
                        DemoApplication.class,
                        List.of(bind, bench.path("apps/misbehave").toString()));
        Applications.awaitWords(bench.start("shop", false, command), "ready", 1);
    }
}
