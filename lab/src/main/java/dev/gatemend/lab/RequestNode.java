package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Reads {@code ask}: the request that shows a fault, or in a control that there is none. */
final class RequestNode {
    private static final List<String> KEYS =
            List.of("url", "well", "broken", "times", "headers", "upload");

    private static final int HIGHEST_STATUS = 599;
    private static final int MOST_TIMES = 1_000;
    private static final int MOST_UPLOAD = 100_000_000;

    private RequestNode() {}

    /** Of this parent, which has one. */
    static Ask read(ScenarioNode parent, boolean control) {
        ScenarioNode ask = parent.inner("ask", KEYS);
        int well = ask.number("well", 200, HIGHEST_STATUS);
        if (ask.node("broken").isPresent() == control) {
            parent.mistake(
                    "ask",
                    control
                            ? "in a control nothing is wrong; leave \"broken\" away"
                            : "\"broken\" is missing: the status while it is broken, 0 for none");
        }
        return url(parent, ask)
                .healthy(well)
                .broken(ask.number("broken", well, HIGHEST_STATUS))
                .times(ask.number("times", 5, MOST_TIMES))
                .with(ask.texts("headers").toArray(String[]::new))
                .uploading(ask.number("upload", 0, MOST_UPLOAD));
    }

    private static Ask url(ScenarioNode parent, ScenarioNode ask) {
        try {
            return Ask.url(ask.text("url"));
        } catch (IOException e) {
            ask.mistake("url", String.valueOf(e.getMessage()));
            if (ask.node("url").isEmpty()) {
                parent.mistake("ask", "\"url\" is missing, as in http://shop.example/cart");
            }
            return Ask.of("", "/", 0);
        }
    }
}
