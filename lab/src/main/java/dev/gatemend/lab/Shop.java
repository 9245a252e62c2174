package dev.gatemend.lab;

import java.io.IOException;

/** The site that scenarios break, and the few ways most of them set it up. */
final class Shop {
    static final String SITE = "shop.example";

    /** What its clients ask for most. */
    static final String CART = "/cart";

    private Shop() {}

    /** A request for the cart that gets this status while the shop is broken. */
    static Ask cart(int broken) {
        return Ask.of(SITE, CART, broken);
    }

    /**
     * Writes the site, with all locations passed to one place.
     *
     * @param pass the directive with its argument, {@code proxy_pass http://127.0.0.1:8000;}, and
     *     others that go beside it
     */
    static void passes(Bench bench, String pass) throws IOException {
        bench.nginx().site(SITE, "location / {\n    " + pass + "\n}");
    }

    /** {@link #passes}, and nginx is started. */
    static void opens(Bench bench, String pass) throws IOException, InterruptedException {
        passes(bench, pass);
        bench.nginx().start();
    }

    /** {@link #passes}, and nginx loads it. */
    static void moves(Bench bench, String pass) throws IOException, InterruptedException {
        passes(bench, pass);
        bench.nginx().reload();
    }

    /** {@code proxy_pass} to the application's port, the peer that will be at fault. */
    static String proxyToApp(Bench bench) throws IOException {
        bench.guilty(bench.loopback("app"));
        return "proxy_pass http://" + bench.loopback("app") + ";";
    }

    /** {@code proxy_pass} to the application's socket, the peer that will be at fault. */
    static String proxyToSocket(Bench bench) {
        bench.guilty(bench.socket("shop.sock"));
        return "proxy_pass http://" + bench.socket("shop.sock") + ";";
    }

    /** Python on the application's port, nginx in front. */
    static void pythonOnPort(Bench bench) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.loopback("app"));
        opens(bench, proxyToApp(bench));
    }

    /** {@link #pythonOnPort}, where something else than the application will be at fault. */
    static void wellOnPort(Bench bench) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.loopback("app"));
        opens(bench, "proxy_pass http://" + bench.loopback("app") + ";");
    }

    /** Node on the application's port, nginx in front. */
    static void nodeOnPort(Bench bench) throws IOException, InterruptedException {
        bench.apps().node("shop", bench.loopback("app"));
        opens(bench, proxyToApp(bench));
    }

    /** Python on the application's socket, nginx in front. */
    static void pythonOnSocket(Bench bench) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.socket("shop.sock"));
        opens(bench, proxyToSocket(bench));
    }

    /** gunicorn on the application's socket, nginx in front. */
    static void gunicornOnSocket(Bench bench) throws IOException, InterruptedException {
        bench.apps().gunicorn("shop", bench.socket("shop.sock"));
        opens(bench, proxyToSocket(bench));
    }
}
