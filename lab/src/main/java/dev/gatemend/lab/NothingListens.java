package dev.gatemend.lab;

import java.util.List;

/** Faults of group A: nothing listens where nginx connects to. */
final class NothingListens {
    private static final String SHOP = "shop.example";

    private NothingListens() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("app-not-running/python-tcp", "the application was stopped")
                        .needs(Need.PYTHON)
                        .setUp(
                                bench -> {
                                    bench.apps().python("shop", bench.loopback("app"));
                                    passTo(bench, "http://" + bench.loopback("app"));
                                    bench.guilty(bench.loopback("app"));
                                })
                        .asks(Ask.of(SHOP, "/cart", 502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> bench.apps().python("shop", bench.loopback("app"))),
                Scenario.of("app-not-running/node-upstream", "one peer of a group, node, stopped")
                        .needs(Need.NODE)
                        .setUp(
                                bench -> {
                                    bench.apps().node("shop", bench.loopback("app"));
                                    bench.nginx()
                                            .http(
                                                    "upstream",
                                                    "upstream shop { server %s; keepalive 4; }"
                                                            .formatted(bench.loopback("app")));
                                    passTo(bench, "http://shop");
                                    bench.guilty(bench.loopback("app"));
                                })
                        .asks(Ask.of(SHOP, "/cart", 502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> bench.apps().node("shop", bench.loopback("app"))),
                Scenario.of(
                                "app-not-running/gunicorn-unix",
                                "gunicorn stopped and took its socket with it")
                        .needs(Need.GUNICORN)
                        .setUp(
                                bench -> {
                                    bench.apps().gunicorn("shop", bench.socket("shop.sock"));
                                    passTo(bench, "http://" + bench.socket("shop.sock"));
                                    bench.guilty(bench.socket("shop.sock"));
                                })
                        .asks(Ask.of(SHOP, "/cart", 502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> bench.apps().gunicorn("shop", bench.socket("shop.sock"))));
    }

    private static void passTo(Bench bench, String target)
            throws java.io.IOException, InterruptedException {
        bench.nginx().site(SHOP, "location / { proxy_pass %s; }".formatted(target)).start();
    }
}
