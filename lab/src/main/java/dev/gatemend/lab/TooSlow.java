package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group F: the application is there and does not answer in time. */
final class TooSlow {
    private static final Ask SLOW = Ask.of(Shop.SITE, "/slow/4", 504).times(3);
    private static final int FAST_REQUESTS = 10;

    private TooSlow() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("app-hung/stopped", "the application's process was stopped by a signal")
                        .needs(Need.PYTHON)
                        .setUp(
                                bench -> {
                                    bench.apps().python("shop", bench.loopback("app"));
                                    Shop.opens(bench, impatient(Shop.proxyToApp(bench)));
                                })
                        .asks(Shop.cart(504).times(3))
                        .breaks(bench -> bench.program("shop").freeze())
                        .undoes(bench -> bench.program("shop").thaw()),
                Scenario.of("app-hung/gunicorn-deadlock", "both of gunicorn's workers deadlocked")
                        .needs(Need.GUNICORN)
                        .setUp(TooSlow::gunicorn)
                        .asks(Shop.cart(504).times(3))
                        .breaks(TooSlow::deadlock)
                        .undoes(TooSlow::restartGunicorn),
                Scenario.of("slow-upstream-read-timeout/python", "one path takes four seconds")
                        .needs(Need.PYTHON)
                        .setUp(
                                bench -> {
                                    bench.apps().python("shop", bench.loopback("app"));
                                    Shop.opens(bench, impatient(Shop.proxyToApp(bench)));
                                })
                        .asks(SLOW)
                        .breaks(Bench::misbehave)
                        .traffic(TooSlow::askFastOnes)
                        .undoes(Bench::behave),
                Scenario.of(
                                "slow-upstream-read-timeout/gunicorn-threads",
                                "one path takes four seconds, behind a socket")
                        .needs(Need.GUNICORN)
                        .setUp(TooSlow::gunicornWithThreads)
                        .asks(SLOW)
                        .breaks(Bench::misbehave)
                        .traffic(TooSlow::askFastOnes)
                        .undoes(Bench::behave),
                Scenario.of("slow-upstream-read-timeout/node", "one path takes four seconds")
                        .needs(Need.NODE)
                        .setUp(
                                bench -> {
                                    bench.apps().node("shop", bench.loopback("app"));
                                    Shop.opens(bench, impatient(Shop.proxyToApp(bench)));
                                })
                        .asks(SLOW)
                        .breaks(Bench::misbehave)
                        .traffic(TooSlow::askFastOnes)
                        .undoes(Bench::behave));
    }

    /** A second instead of the usual minute, so that a scenario takes seconds. */
    private static String impatient(String pass) {
        return "proxy_read_timeout 1s; " + pass;
    }

    private static void gunicorn(Bench bench) throws IOException, InterruptedException {
        bench.apps().gunicorn("shop", bench.socket("shop.sock"), "--timeout", "300");
        Shop.opens(bench, impatient(Shop.proxyToSocket(bench)));
    }

    private static void gunicornWithThreads(Bench bench) throws IOException, InterruptedException {
        bench.apps().gunicorn("shop", bench.socket("shop.sock"), "--threads", "8");
        Shop.opens(bench, impatient(Shop.proxyToSocket(bench)));
    }

    /** One request for each worker. */
    private static void deadlock(Bench bench) throws IOException, InterruptedException {
        bench.ask(Ask.of(Shop.SITE, "/deadlock", 504));
        bench.ask(Ask.of(Shop.SITE, "/deadlock", 504));
    }

    private static void restartGunicorn(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").killHard();
        bench.apps().gunicorn("shop", bench.socket("shop.sock"));
    }

    private static void askFastOnes(Bench bench) throws IOException, InterruptedException {
        for (int i = 0; i < FAST_REQUESTS; i++) {
            bench.ask(Shop.cart(200));
        }
    }
}
