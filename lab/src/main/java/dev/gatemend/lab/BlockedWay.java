package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group D: the application listens, and nginx may not get there. */
final class BlockedWay {
    private BlockedWay() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("socket-permission/root-only", "the socket became root's, 0600")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(Shop::pythonOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(bench -> own(bench, "root:root", "600"))
                        .undoes(bench -> own(bench, "nobody:nogroup", "666")),
                Scenario.of(
                                "socket-permission/other-group",
                                "gunicorn's umask admits its own group alone")
                        .needs(Need.GUNICORN, Need.ROOT)
                        .setUp(Shop::gunicornOnSocket)
                        .asks(Shop.cart(502))
                        .breaks(bench -> restartGunicorn(bench, "--umask", "007"))
                        .undoes(BlockedWay::restartGunicorn),
                Scenario.of(
                                "socket-dir-permission/home-directory",
                                "the socket lies in a home directory that was closed, 0700")
                        .needs(Need.PYTHON, Need.ROOT)
                        .setUp(BlockedWay::pythonAtHome)
                        .asks(Shop.cart(502))
                        .breaks(bench -> mode(bench, "700"))
                        .undoes(bench -> mode(bench, "755")),
                Scenario.of("firewall-blocked/reject", "a rule rejects the application's port")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE, Need.NFT)
                        .setUp(BlockedWay::pythonBehindFirewall)
                        .asks(Shop.cart(502))
                        .breaks(bench -> rule(bench, "reject with tcp reset"))
                        .undoes(BlockedWay::flush),
                Scenario.of("firewall-blocked/drop", "a rule drops what goes to the application")
                        .needs(Need.PYTHON, Need.ROOT, Need.NAMESPACE, Need.NFT)
                        .setUp(BlockedWay::pythonBehindFirewall)
                        .asks(Shop.cart(504).times(3))
                        .breaks(bench -> rule(bench, "drop"))
                        .undoes(BlockedWay::flush));
    }

    private static void own(Bench bench, String owner, String mode)
            throws IOException, InterruptedException {
        String socket = bench.path("run/shop.sock").toString();
        Command.run("chown", owner, socket);
        Command.run("chmod", mode, socket);
    }

    private static void restartGunicorn(Bench bench, String... options)
            throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().gunicorn("shop", bench.socket("shop.sock"), options);
    }

    private static void pythonAtHome(Bench bench) throws IOException, InterruptedException {
        String home = bench.path("run/home").toString();
        Command.run("install", "-d", "-o", "nobody", "-g", "nogroup", "-m", "755", home);
        bench.apps().python("shop", bench.socket("home/shop.sock"));
        bench.guilty(bench.socket("home/shop.sock"));
        Shop.opens(bench, "proxy_pass http://" + bench.socket("home/shop.sock") + ";");
    }

    private static void mode(Bench bench, String mode) throws IOException, InterruptedException {
        Command.run("chmod", mode, bench.path("run/home").toString());
    }

    private static void pythonBehindFirewall(Bench bench) throws IOException, InterruptedException {
        Namespace namespace = bench.useNamespace();
        namespace.run("nft", "add table inet filter");
        namespace.run(
                "nft", "add chain inet filter output { type filter hook output priority 0; }");
        bench.apps().python("shop", bench.loopback("app"));
        Shop.opens(bench, "proxy_connect_timeout 1s; " + Shop.proxyToApp(bench));
    }

    private static void rule(Bench bench, String verdict) throws IOException, InterruptedException {
        bench.namespace()
                .run(
                        "nft",
                        "add rule inet filter output tcp dport %d counter %s"
                                .formatted(bench.port("app"), verdict));
    }

    private static void flush(Bench bench) throws IOException, InterruptedException {
        bench.namespace().run("nft", "flush chain inet filter output");
    }
}
