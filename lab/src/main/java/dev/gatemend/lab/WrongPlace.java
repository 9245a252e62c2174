package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Faults of group B: the application listens, but not where nginx connects to. */
final class WrongPlace {
    private static final String INNER_ADDRESS = "10.77.0.2";

    private WrongPlace() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(
                                "wrong-port/node-moved",
                                "the application came back on the neighbouring port")
                        .needs(Need.NODE)
                        .setUp(Shop::nodeOnPort)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartNode(bench, "127.0.0.1", bench.portBeside("app")))
                        .undoes(bench -> restartNode(bench, "127.0.0.1", bench.port("app"))),
                Scenario.of("wrong-port/python-config", "an edit made nginx dial the next port")
                        .needs(Need.PYTHON)
                        .setUp(Shop::pythonOnPort)
                        .asks(Shop.cart(502))
                        .breaks(WrongPlace::dialNextPort)
                        .undoes(bench -> Shop.moves(bench, Shop.proxyToApp(bench))),
                Scenario.of(
                                "wrong-bind-address/other-loopback",
                                "the application listens on 127.0.0.2, nginx dials 127.0.0.1")
                        .needs(Need.NODE)
                        .setUp(Shop::nodeOnPort)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartNode(bench, "127.0.0.2", bench.port("app")))
                        .undoes(bench -> restartNode(bench, "127.0.0.1", bench.port("app"))),
                Scenario.of(
                                "wrong-bind-address/loopback-only",
                                "nginx dials the host's address, the application took loopback")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE)
                        .setUp(WrongPlace::pythonEverywhere)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartPython(bench, "127.0.0.1"))
                        .undoes(bench -> restartPython(bench, "0.0.0.0")),
                Scenario.of("wrong-socket-path/gunicorn-moved", "gunicorn was given another socket")
                        .needs(Need.GUNICORN)
                        .setUp(Shop::gunicornOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartGunicorn(bench, "gunicorn.sock"))
                        .undoes(bench -> restartGunicorn(bench, "shop.sock")),
                Scenario.of("wrong-socket-path/config-edit", "an edit made nginx dial another path")
                        .needs(Need.PYTHON)
                        .setUp(Shop::pythonOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(WrongPlace::dialOtherPath)
                        .undoes(bench -> Shop.moves(bench, Shop.proxyToSocket(bench))),
                Scenario.of(
                                "socket-unlinked/removed",
                                "somebody removed the socket's file; gunicorn listens on")
                        .needs(Need.GUNICORN)
                        .setUp(Shop::gunicornOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(bench -> Files.delete(bench.path("run/shop.sock")))
                        .undoes(WrongPlace::replaceGunicorn),
                Scenario.of(
                                "socket-unlinked/replaced",
                                "another process put its own socket there and ended")
                        .needs(Need.PYTHON)
                        .setUp(Shop::pythonOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(WrongPlace::replaceSocket)
                        .undoes(WrongPlace::restartPythonOnSocket),
                Scenario.of("stale-socket/gunicorn-killed", "gunicorn and its workers were killed")
                        .needs(Need.GUNICORN)
                        .setUp(Shop::gunicornOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").killHard())
                        .undoes(bench -> bench.apps().gunicorn("shop", bench.socket("shop.sock"))));
    }

    private static void restartNode(Bench bench, String host, int port)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().node("shop", host + ":" + port);
    }

    private static void restartPython(Bench bench, String host)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().python("shop", host + ":" + bench.port("app"));
    }

    private static void restartGunicorn(Bench bench, String socket)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().gunicorn("shop", bench.socket(socket));
    }

    /** By force: without its socket's file gunicorn 20.1 trips over its own end. */
    private static void replaceGunicorn(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").killHard();
        bench.apps().gunicorn("shop", bench.socket("shop.sock"));
    }

    private static void restartPythonOnSocket(Bench bench)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().python("shop", bench.socket("shop.sock"));
    }

    private static void dialNextPort(Bench bench) throws IOException, InterruptedException {
        String next = "127.0.0.1:" + bench.portBeside("app");
        Shop.moves(bench, "proxy_pass http://" + next + ";");
        bench.guilty(next);
    }

    private static void dialOtherPath(Bench bench) throws IOException, InterruptedException {
        Shop.moves(bench, "proxy_pass http://" + bench.socket("shop/app.sock") + ";");
        bench.guilty(bench.socket("shop/app.sock"));
    }

    private static void pythonEverywhere(Bench bench) throws IOException, InterruptedException {
        bench.useNamespace().run("ip", "address", "add", INNER_ADDRESS + "/32", "dev", "lo");
        bench.apps().python("shop", "0.0.0.0:" + bench.port("app"));
        String dialled = INNER_ADDRESS + ":" + bench.port("app");
        bench.guilty(dialled);
        Shop.opens(bench, "proxy_pass http://" + dialled + ";");
    }

    private static void replaceSocket(Bench bench) throws IOException, InterruptedException {
        String path = bench.path("run/shop.sock").toString();
        Files.delete(bench.path("run/shop.sock"));
        Command.run(
                "python3",
                "-c",
                "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
                path);
        Command.run("chmod", "666", path);
    }
}
