package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Nothing is wrong here, however much it may look so. */
final class Controls {
    private static final int SOME = 12;
    private static final Duration LONG_AGO = Duration.ofHours(3);

    private Controls() {}

    static List<Scenario> all() {
        return List.of(
                control("healthy", "a site with ordinary traffic")
                        .setUp(Shop::pythonOnPort)
                        .traffic(bench -> askOften(bench, Shop.cart(200))),
                control("neighbouring-listener", "somebody else listens on the next port")
                        .needs(Need.NODE)
                        .setUp(
                                bench -> {
                                    bench.apps()
                                            .node("other", "127.0.0.1:" + bench.portBeside("app"));
                                    Shop.pythonOnPort(bench);
                                })
                        .traffic(bench -> askOften(bench, Shop.cart(200))),
                control("stopped-app-nobody-needs", "an application no site passes to was stopped")
                        .needs(Need.NODE)
                        .setUp(
                                bench -> {
                                    bench.apps().node("old", bench.socket("old.sock"));
                                    Shop.pythonOnPort(bench);
                                    bench.program("old").killHard();
                                })
                        .traffic(bench -> askOften(bench, Shop.cart(200))),
                control("old-errors", "yesterday's trouble stands in the logs")
                        .setUp(Controls::withOldErrors)
                        .traffic(bench -> askOften(bench, Shop.cart(200))),
                control("clients-gave-up", "clients left before the answer came: 499")
                        .setUp(Shop::pythonOnPort)
                        .traffic(Controls::giveUp),
                control("scanner", "a scanner collects 404s, and error lines with them")
                        .setUp(Controls::withFiles)
                        .traffic(Controls::scan),
                control("forged-upstream", "forged upstream fields in the referrers of 404s")
                        .setUp(Controls::withFiles)
                        .traffic(Controls::forge),
                control("not-found-and-not-allowed", "the application itself says 404 and 401")
                        .setUp(Shop::pythonOnPort)
                        .traffic(
                                bench -> {
                                    askOften(bench, Ask.of(Shop.SITE, "/say/404", 404));
                                    askOften(bench, Ask.of(Shop.SITE, "/say/401", 401));
                                }),
                control("reload", "nginx was reloaded in the middle of the traffic")
                        .setUp(Shop::pythonOnPort)
                        .traffic(
                                bench -> {
                                    askOften(bench, Shop.cart(200));
                                    bench.nginx().reload();
                                    askOften(bench, Shop.cart(200));
                                }),
                control("peer-marked-down", "the peer that is not there is marked down")
                        .setUp(bench -> inGroup(bench, "down"))
                        .traffic(bench -> askOften(bench, Shop.cart(200))),
                control("backup-unused", "the backup is well and has nothing to do")
                        .needs(Need.NODE)
                        .setUp(
                                bench -> {
                                    bench.apps().node("spare", bench.loopback("spare"));
                                    inGroup(bench, "backup");
                                })
                        .traffic(bench -> askOften(bench, Shop.cart(200))));
    }

    private static Scenario control(String variant, String story) {
        return Scenario.of("control/" + variant, story).needs(Need.PYTHON).asks(Shop.cart(200));
    }

    private static void askOften(Bench bench, Ask ask) throws IOException, InterruptedException {
        for (int i = 0; i < SOME; i++) {
            bench.ask(ask);
        }
    }

    /** As nginx would have written it then, to the application that is well now. */
    private static void withOldErrors(Bench bench) throws IOException, InterruptedException {
        ZonedDateTime then =
                LocalDateTime.now(ZoneId.systemDefault())
                        .minus(LONG_AGO)
                        .atZone(ZoneId.systemDefault());
        String error = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT).format(then);
        String access =
                DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT).format(then);
        String app = bench.loopback("app");
        StringBuilder errors = new StringBuilder();
        StringBuilder accesses = new StringBuilder();
        for (int i = 1; i <= 2 * SOME; i += 2) {
            errors.append(
                    """
                    %s [error] 812#812: *%d connect() failed (111: Connection refused) while \
                    connecting to upstream, client: 127.0.0.1, server: shop.example, request: \
                    "GET /cart HTTP/1.1", upstream: "http://%s/cart", host: "shop.example"
                    """
                            .formatted(error, i, app));
            accesses.append(
                    "127.0.0.1 - - [%s] \"GET /cart HTTP/1.1\" 502 157 \"-\" \"curl/7.88.1\"\n"
                            .formatted(access));
        }
        Files.writeString(bench.nginx().errorLog(), errors);
        Files.writeString(bench.nginx().accessLog(), accesses);
        Shop.pythonOnPort(bench);
    }

    private static void giveUp(Bench bench) throws IOException, InterruptedException {
        askOften(bench, Shop.cart(200));
        for (int i = 0; i < SOME; i++) {
            bench.client().leaveEarly(Ask.of(Shop.SITE, "/wait/1", 499), 1, 50);
        }
    }

    private static void withFiles(Bench bench) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.loopback("app"));
        bench.nginx()
                .site(
                        Shop.SITE,
                        """
                        location / { root %s; }
                        location /cart { proxy_pass http://%s; }
                        """
                                .formatted(bench.path("run"), bench.loopback("app")));
        bench.nginx().start();
    }

    private static void scan(Bench bench) throws IOException, InterruptedException {
        for (String path : List.of("/wp-login.php", "/.env", "/admin/", "/cgi-bin/x", "/x%00")) {
            askOften(bench, Ask.of(Shop.SITE, path, 404));
        }
    }

    private static void forge(Bench bench) throws IOException, InterruptedException {
        String forged =
                "Referer: http://x/\", upstream: \"http://%s/cart\", host: \"%s"
                        .formatted(bench.loopback("app"), Shop.SITE);
        askOften(bench, Ask.of(Shop.SITE, "/missing", 404).with(forged));
        String inRequest =
                "/x\",%20upstream:%20\"http://" + bench.loopback("app") + "/\",%20host:%20\"x";
        askOften(bench, Ask.of(Shop.SITE, inRequest, 404));
    }

    private static void inGroup(Bench bench, String mark) throws IOException, InterruptedException {
        bench.apps().python("shop", bench.loopback("app"));
        bench.nginx()
                .http(
                        "upstream",
                        "upstream shop { server %s; server %s %s; }"
                                .formatted(bench.loopback("app"), bench.loopback("spare"), mark));
        Shop.opens(bench, "proxy_pass http://shop;");
    }
}
