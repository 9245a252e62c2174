package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** More faults of group B: an address, a name or an older load leads nginx astray. */
final class Astray {
    private static final String NAME = "app.gatemend-lab.invalid";
    private static final String OLD_HOME = "127.0.0.2";
    private static final String NEW_HOME = "127.0.0.3";
    private static final String APP_HOST = "10.77.0.2";
    private static final String NOBODY_THERE = "10.77.0.3";

    /** Of RFC 5737, as it stands in many an example. */
    private static final String EXAMPLE = "192.0.2.10";

    private Astray() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(
                                "ipv6-localhost/node-took-ipv6",
                                "node came back on ::1 alone, as 'localhost' makes it since 17")
                        .needs(Need.NODE)
                        .setUp(Astray::nodeByLocalhost)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartNode(bench, "::1"))
                        .undoes(bench -> restartNode(bench, "127.0.0.1")),
                Scenario.of(
                                "ipv6-localhost/hosts-file",
                                "localhost became ::1, the application stays on 127.0.0.1")
                        .needs(Need.PYTHON, Need.ROOT, Need.MOUNTS)
                        .setUp(bench -> pythonByName(bench, "localhost", "127.0.0.1"))
                        .asks(Shop.cart(502))
                        .breaks(Astray::localhostBecomesIpv6)
                        .undoes(bench -> rename(bench, "localhost", "127.0.0.1")),
                Scenario.of("proxy-loop/own-port", "an edit made nginx pass to its own port")
                        .needs(Need.PYTHON)
                        .setUp(Shop::wellOnPort)
                        .asks(Shop.cart(502).times(3))
                        .breaks(Astray::passToItself)
                        .undoes(bench -> Shop.moves(bench, toApp(bench))),
                Scenario.of(
                                "config-not-reloaded/moved-and-edited",
                                "application and file moved to another port, nginx was not told")
                        .needs(Need.NODE)
                        .setUp(Shop::nodeOnPort)
                        .asks(Shop.cart(502))
                        .breaks(Astray::moveWithoutReload)
                        .undoes(bench -> bench.nginx().reload()),
                Scenario.of(
                                "stale-upstream-dns/moved",
                                "the application and its name moved to another address")
                        .needs(Need.PYTHON, Need.ROOT, Need.MOUNTS)
                        .setUp(bench -> pythonByName(bench, NAME, OLD_HOME))
                        .asks(Shop.cart(502))
                        .breaks(Astray::moveHome)
                        .undoes(bench -> bench.nginx().reload()),
                Scenario.of("wrong-upstream-target/typo", "an edit left one digit wrong")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE)
                        .setUp(Astray::twoSites)
                        .asks(Shop.cart(502).times(2))
                        .breaks(bench -> dial(bench, NOBODY_THERE))
                        .undoes(bench -> Shop.moves(bench, pass(bench, APP_HOST))),
                Scenario.of(
                                "wrong-upstream-target/example-address",
                                "a documentation's address was left in the pass")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE)
                        .setUp(Astray::twoSites)
                        .asks(Shop.cart(502))
                        .breaks(bench -> dial(bench, EXAMPLE))
                        .undoes(bench -> Shop.moves(bench, pass(bench, APP_HOST))));
    }

    private static String toApp(Bench bench) throws IOException {
        return "proxy_pass http://" + bench.loopback("app") + ";";
    }

    private static String pass(Bench bench, String host) throws IOException {
        return "proxy_pass http://%s:%d;".formatted(host, bench.port("app"));
    }

    private static void nodeByLocalhost(Bench bench) throws IOException, InterruptedException {
        bench.apps().node("shop", bench.loopback("app"));
        bench.guilty(bench.loopback("app"));
        Shop.opens(bench, pass(bench, "localhost"));
    }

    private static void restartNode(Bench bench, String host)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().node("shop", host + ":" + bench.port("app"));
    }

    /** nginx has a hosts file of its own, in which the name is this address alone. */
    private static void pythonByName(Bench bench, String name, String address)
            throws IOException, InterruptedException {
        bench.apps().python("shop", address + ":" + bench.port("app"));
        bench.guilty(address + ":" + bench.port("app"));
        bench.nginx().hosts(address + " " + name + "\n");
        Shop.opens(bench, pass(bench, name));
    }

    private static void rename(Bench bench, String name, String address)
            throws IOException, InterruptedException {
        bench.nginx().hosts(address + " " + name + "\n");
        bench.nginx().reload();
    }

    private static void localhostBecomesIpv6(Bench bench) throws IOException, InterruptedException {
        rename(bench, "localhost", "::1");
        bench.guilty("[::1]:" + bench.port("app"));
    }

    private static void passToItself(Bench bench) throws IOException, InterruptedException {
        Shop.moves(
                bench,
                "proxy_set_header Host $host; proxy_pass http://127.0.0.1:%d;"
                        .formatted(bench.nginx().port()));
    }

    private static void moveWithoutReload(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().node("shop", "127.0.0.1:" + bench.portBeside("app"));
        Shop.passes(bench, "proxy_pass http://127.0.0.1:" + bench.portBeside("app") + ";");
        bench.nginx().write();
    }

    private static void moveHome(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().python("shop", NEW_HOME + ":" + bench.port("app"));
        bench.nginx().hosts(NEW_HOME + " " + NAME + "\n");
    }

    /** Both on a network of which nginx's host is a part; the second site stays as it is. */
    private static void twoSites(Bench bench) throws IOException, InterruptedException {
        Namespace namespace = bench.useNamespace();
        namespace.run("ip", "link", "add", "shop0", "type", "veth", "peer", "name", "shop1");
        namespace.run("ip", "address", "add", "10.77.0.1/24", "dev", "shop0");
        namespace.run("ip", "address", "add", APP_HOST + "/32", "dev", "lo");
        namespace.run("ip", "link", "set", "shop0", "up");
        namespace.run("ip", "link", "set", "shop1", "up");
        bench.apps().python("shop", APP_HOST + ":" + bench.port("app"));
        bench.nginx().site("stock.example", "location / {\n    " + pass(bench, APP_HOST) + "\n}");
        Shop.opens(bench, pass(bench, APP_HOST));
    }

    private static void dial(Bench bench, String host) throws IOException, InterruptedException {
        Shop.moves(bench, pass(bench, host));
        bench.guilty(host + ":" + bench.port("app"));
    }
}
