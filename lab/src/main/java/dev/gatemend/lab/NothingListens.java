package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group A: nothing listens where nginx connects to. */
final class NothingListens {
    private NothingListens() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(
                                "app-not-running/node-upstream",
                                "the only peer of a named upstream, a node application, was stopped")
                        .needs(Need.NODE)
                        .setUp(NothingListens::nodeInUpstream)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> bench.apps().node("shop", bench.loopback("app"))),
                Scenario.of(
                                "app-not-running/unrelated-neighbour",
                                "the application was stopped; another site's listens one port on")
                        .needs(Need.PYTHON, Need.NODE)
                        .setUp(NothingListens::withNeighbour)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").stop())
                        .traffic(bench -> bench.ask(Ask.of("blog.example", "/", 200)))
                        .undoes(bench -> bench.apps().python("shop", bench.loopback("app"))),
                Scenario.of(
                                "app-not-running/forged-referer",
                                "the application was stopped; clients forge another upstream")
                        .needs(Need.PYTHON, Need.NODE)
                        .setUp(NothingListens::withBystander)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").stop())
                        .traffic(NothingListens::forge)
                        .undoes(bench -> bench.apps().python("shop", bench.loopback("app"))),
                Scenario.of("nginx-not-running/killed", "nginx died and left its pid file")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(0))
                        .breaks(NothingListens::killNginx)
                        .undoes(bench -> bench.nginx().start()));
    }

    private static void nodeInUpstream(Bench bench) throws IOException, InterruptedException {
        bench.apps().node("shop", bench.loopback("app"));
        bench.nginx()
                .http(
                        "upstream",
                        "upstream shop { server %s; keepalive 4; }"
                                .formatted(bench.loopback("app")));
        bench.guilty(bench.loopback("app"));
        Shop.opens(bench, "proxy_pass http://shop;");
    }

    private static void withNeighbour(Bench bench) throws IOException, InterruptedException {
        String neighbour = "127.0.0.1:" + bench.portBeside("app");
        bench.apps().node("blog", neighbour);
        bench.nginx().site("blog.example", "location / { proxy_pass http://" + neighbour + "; }");
        bench.innocent(neighbour);
        bench.innocent("blog.example");
        Shop.pythonOnPort(bench);
    }

    private static void withBystander(Bench bench) throws IOException, InterruptedException {
        String bystander = bench.loopback("blog");
        bench.apps().node("blog", bystander);
        bench.nginx().site("blog.example", "location / { proxy_pass http://" + bystander + "; }");
        bench.innocent(bystander);
        bench.innocent("blog.example");
        Shop.pythonOnPort(bench);
    }

    /** More of them than of the honest requests, so that a count would mislead as well. */
    private static void forge(Bench bench) throws IOException, InterruptedException {
        String forged =
                "Referer: http://x/\", upstream: \"http://%s/\", host: \"blog.example"
                        .formatted(bench.loopback("blog"));
        for (int i = 0; i < 12; i++) {
            bench.ask(Shop.cart(502).with(forged));
        }
    }

    private static void killNginx(Bench bench) throws IOException, InterruptedException {
        bench.ask(Shop.cart(200));
        bench.nginx().killHard();
    }
}
