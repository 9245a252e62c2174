package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group C: a name stands between nginx and the application. */
final class Names {
    private static final String UNKNOWN = "shop.gatemend-lab.invalid";

    private Names() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(
                                "upstream-dns-not-found/start",
                                "nginx was restarted with a name that does not resolve")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE)
                        .setUp(Names::inNamespace)
                        .asks(Shop.cart(0))
                        .breaks(Names::restartWithName)
                        .undoes(Names::startWithAddress),
                Scenario.of(
                                "upstream-dns-not-found/reload",
                                "a reload was refused for a name; the old configuration serves")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE)
                        .setUp(Names::inNamespace)
                        .asks(Shop.cart(200))
                        .breaks(Names::reloadWithName)
                        .undoes(bench -> Shop.moves(bench, toApp(bench))),
                Scenario.of(
                                "resolver-missing/variable",
                                "a variable in the pass, and no resolver to look it up with")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(502))
                        .breaks(bench -> Shop.moves(bench, byVariable(bench, "")))
                        .undoes(bench -> Shop.moves(bench, toApp(bench))),
                Scenario.of("resolver-cannot-resolve/no-such-name", "the name is in nobody's zone")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(502))
                        .breaks(Names::askNameServer)
                        .undoes(bench -> Shop.moves(bench, toApp(bench))),
                Scenario.of(
                                "resolver-cannot-resolve/nobody-there",
                                "no name server listens where the resolver directive points")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(502).times(3))
                        .breaks(bench -> Shop.moves(bench, byVariable(bench, resolver(bench))))
                        .undoes(bench -> Shop.moves(bench, toApp(bench))));
    }

    /** In a namespace without a route, so that looking for the name does not leave the machine. */
    private static void inNamespace(Bench bench) throws IOException, InterruptedException {
        bench.useNamespace();
        Shop.wellOnPort(bench);
    }

    private static String toApp(Bench bench) throws IOException {
        return "proxy_pass http://" + bench.loopback("app") + ";";
    }

    private static String byName(Bench bench) throws IOException {
        return "proxy_pass http://" + UNKNOWN + ":" + bench.port("app") + ";";
    }

    private static String byVariable(Bench bench, String resolver) throws IOException {
        return "%s set $backend %s; proxy_pass http://$backend:%d;"
                .formatted(resolver, UNKNOWN, bench.port("app"));
    }

    private static String resolver(Bench bench) throws IOException {
        return "resolver " + bench.loopback("dns") + " ipv6=off; resolver_timeout 1s;";
    }

    private static void restartWithName(Bench bench) throws IOException, InterruptedException {
        bench.nginx().stop();
        Shop.passes(bench, byName(bench));
        bench.nginx().startRefused();
    }

    private static void startWithAddress(Bench bench) throws IOException, InterruptedException {
        Shop.opens(bench, toApp(bench));
    }

    private static void reloadWithName(Bench bench) throws IOException, InterruptedException {
        Shop.passes(bench, byName(bench));
        bench.nginx().reloadRefused();
    }

    private static void askNameServer(Bench bench) throws IOException, InterruptedException {
        bench.apps().dns("dns", bench.loopback("dns"));
        Shop.moves(bench, byVariable(bench, resolver(bench)));
    }
}
