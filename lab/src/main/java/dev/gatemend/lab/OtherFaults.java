package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group H: nginx's configuration, and errors that others made. */
final class OtherFaults {
    private static final String TYPO = "typo";

    private OtherFaults() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("invalid-nginx-config/start", "a typo, and nginx was restarted")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(0))
                        .breaks(
                                bench -> {
                                    bench.nginx().stop();
                                    mistype(bench);
                                    bench.nginx().startRefused();
                                })
                        .undoes(
                                bench -> {
                                    bench.nginx().http(TYPO, "");
                                    bench.nginx().start();
                                }),
                Scenario.of(
                                "invalid-nginx-config/reload",
                                "a typo; the reload was refused and the old configuration serves")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(200))
                        .breaks(
                                bench -> {
                                    mistype(bench);
                                    bench.nginx().reloadRefused();
                                })
                        .undoes(
                                bench -> {
                                    bench.nginx().http(TYPO, "");
                                    bench.nginx().reload();
                                }),
                Scenario.of(
                                "upstream-own-error/nginx-behind",
                                "another nginx stands behind, and its own application is down")
                        .needs(Need.PYTHON)
                        .setUp(OtherFaults::twoProxies)
                        .asks(Shop.cart(502))
                        .breaks(bench -> bench.program("shop").stop())
                        .undoes(bench -> bench.apps().python("shop", bench.loopback("app")))
                        .madeByUpstream(),
                Scenario.of(
                                "upstream-own-error/gateway-timeout",
                                "what stands behind answers 504 itself; the log tells by whom")
                        .needs(Need.NODE)
                        .setUp(OtherFaults::nodeWithLog)
                        .asks(Ask.of(Shop.SITE, "/status/504", 504))
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave)
                        .madeByUpstream(),
                Scenario.of("app-error/python-500", "the application answers 500 itself")
                        .needs(Need.PYTHON)
                        .setUp(Shop::pythonOnPort)
                        .asks(Ask.of(Shop.SITE, "/status/500", 500))
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave)
                        .madeByUpstream(),
                Scenario.of(
                                "app-error/node-503",
                                "the application answers 503 itself; the log tells by whom")
                        .needs(Need.NODE)
                        .setUp(OtherFaults::nodeWithLog)
                        .asks(Ask.of(Shop.SITE, "/status/503", 503))
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave)
                        .madeByUpstream());
    }

    private static void mistype(Bench bench) throws IOException {
        bench.nginx().http(TYPO, "proxy_bufferring on;");
    }

    private static void twoProxies(Bench bench) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.loopback("app"));
        NginxServer behind = bench.nginx("behind");
        behind.site(Shop.SITE, "location / { proxy_pass http://" + bench.loopback("app") + "; }");
        behind.start();
        bench.guilty(bench.loopback("behind"));
        Shop.opens(
                bench,
                "proxy_set_header Host $host; proxy_pass http://" + bench.loopback("behind") + ";");
    }

    /** With a log format that people use who want to know. */
    private static void nodeWithLog(Bench bench) throws IOException, InterruptedException {
        bench.nginx()
                .http(
                        "access_log",
                        """
                        log_format timed '$remote_addr [$time_local] $host "$request" $status '
                                         '$body_bytes_sent addr=$upstream_addr '
                                         'status=$upstream_status header=$upstream_header_time '
                                         'response=$upstream_response_time';
                        access_log %s timed;
                        """
                                .formatted(bench.nginx().accessLog()));
        Shop.nodeOnPort(bench);
    }
}
