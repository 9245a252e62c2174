package dev.gatemend.lab;

import java.io.IOException;
import java.net.Socket;
import java.util.regex.Pattern;

/** Clients with manners of their own, for scenarios that turn on them. */
final class Visitors {
    /** Far above what the small limits of scenarios allow. */
    private static final int MOST_HELD = 200;

    private static final int PATIENCE_MILLIS = 50;

    private Visitors() {}

    /** Asks as often as it says; returns the last status. */
    static int ask(Bench bench, Arguments given) throws IOException, InterruptedException {
        Ask ask = given.ask();
        int status = 0;
        for (int i = 0; i < ask.times(); i++) {
            status = bench.ask(ask);
        }
        return status;
    }

    /** Clients that do not wait for the answer. */
    static void leaveEarly(Bench bench, Ask ask) throws IOException {
        for (int i = 0; i < ask.times(); i++) {
            bench.client().leaveEarly(ask, 1, PATIENCE_MILLIS);
        }
    }

    /** Requests that take long, until there is no room for another one, which gets 500. */
    static void fillUp(Bench bench, String held, String asked)
            throws IOException, InterruptedException {
        for (int i = 0; i < MOST_HELD; i++) {
            bench.held().request(bench.client(), Ask.url(held));
            if (bench.ask(Ask.url(asked)) == 0) {
                // Not even the client came in: one place too many is taken, of the two it needs.
                bench.held().letOneGo();
                bench.held().idle(bench.client());
            }
            if (bench.ask(Ask.url(asked)) == 500) {
                return;
            }
        }
        throw new IOException("no limit was reached by " + MOST_HELD + " requests");
    }

    /** Three times, reads nothing of an answer until nginx's error log says something once more. */
    static void downloadSlowly(Bench bench, Ask ask, String complaint)
            throws IOException, InterruptedException {
        for (int i = 1; i <= 3; i++) {
            int complaints = i;
            try (Socket socket = bench.client().send(ask)) {
                Await.until(
                        "nginx's error log says " + complaint,
                        Await.LONG,
                        () -> times(complaint, bench.nginx().errors()) >= complaints);
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static int times(String word, String text) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }
}
