package dev.gatemend.lab;

import java.io.IOException;

/** The site that the acts of the demonstration break. */
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
     * Starts nginx with the site, all of it passed to one place.
     *
     * @param pass the directive with its argument, {@code proxy_pass http://127.0.0.1:8000;}, and
     *     others that go beside it
     */
    static void opens(Bench bench, String pass) throws IOException, InterruptedException {
        bench.nginx().site(SITE, "location / {\n    " + pass + "\n}").start();
    }

    /** {@code proxy_pass} to the application's port, the peer that will be at fault. */
    static String proxyToApp(Bench bench) throws IOException {
        bench.guilty(bench.loopback("app"));
        return "proxy_pass http://" + bench.loopback("app") + ";";
    }
}
