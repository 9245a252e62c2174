package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.Latency;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who and what failed: the tables of the page, with bars in them. */
final class TrafficHtmlTables {
    /** Where the logarithmic scale of latencies begins, seconds: nginx's clock counts in these. */
    private static final double SHORTEST = 0.001;

    /** Of each kind; the rest is in the JSON. */
    private static final int ROWS = 20;

    /** Before the name of a column of numbers. */
    private static final String NUMBERS = "#";

    private final TrafficReport report;
    private final Html html;

    TrafficHtmlTables(TrafficReport report, Html html) {
        this.report = report;
        this.html = html;
    }

    void write() {
        writePeers();
        writeLatency();
        writeShares("By site", "site", report.failures().sites());
        writeShares("By upstream", "upstream", report.failures().upstreams());
        writeShares("By URI", "URI, numbers and ids folded", report.failures().uris());
        writeShares("By client", "client", report.failures().clients());
        writeErrors();
    }

    private void table(String title, List<String> columns, Runnable rows) {
        html.in(
                "section",
                () -> {
                    html.text("h2", title);
                    html.in(
                            "div",
                            () ->
                                    html.in(
                                            "table",
                                            () -> {
                                                html.in("thead", () -> heading(columns));
                                                html.in("tbody", rows);
                                            }),
                            "class",
                            "scroll");
                });
    }

    /** A column of numbers is named over its right end; those begin with a hash here. */
    private void heading(List<String> columns) {
        html.in("tr", () -> columns.forEach(this::heading));
    }

    private void heading(String name) {
        if (name.startsWith(NUMBERS)) {
            html.text("th", name.substring(1), "scope", "col", "class", "number");
        } else {
            html.text("th", name, "scope", "col");
        }
    }

    private void number(String text) {
        html.text("td", text, "class", "number");
    }

    private void words(String text) {
        html.text("td", text, "class", "words");
    }

    private void writePeers() {
        if (report.peers().isEmpty()) {
            return;
        }
        table(
                "By peer",
                List.of("peer", "#attempts", "#failed", "#", "#saved", "how it failed"),
                () -> report.peers().forEach(peer -> html.in("tr", () -> write(peer))));
    }

    private void write(PeerTraffic peer) {
        long failed = peer.failed().values().stream().mapToLong(Long::longValue).sum();
        html.text("th", peer.address(), "scope", "row");
        number(Words.thousands(peer.attempts()));
        number(Words.thousands(failed));
        number(failed == 0 ? "" : TrafficWords.percent(failed, peer.attempts()));
        number(peer.hidden() == 0 ? "" : Words.thousands(peer.hidden()));
        String positions = TrafficWords.positions(peer.byPosition());
        words(TrafficWords.statuses(peer.failed()) + (positions.isEmpty() ? "" : "; " + positions));
    }

    private void writeLatency() {
        List<PeerTraffic> timed =
                report.peers().stream().filter(peer -> peer.latency().isPresent()).toList();
        if (timed.isEmpty()) {
            return;
        }
        double longest =
                timed.stream()
                        .flatMap(peer -> peer.latency().stream())
                        .mapToDouble(Latency::p99)
                        .max()
                        .orElse(SHORTEST);
        table(
                "Latency by peer",
                List.of("peer", "p50, p95, p99; logarithmic", "#p50", "#p95", "#p99", "#longest"),
                () ->
                        timed.forEach(
                                peer ->
                                        peer.latency()
                                                .ifPresent(
                                                        latency ->
                                                                write(
                                                                        peer.address(),
                                                                        latency,
                                                                        longest))));
    }

    private void write(String address, Latency latency, double longest) {
        html.in(
                "tr",
                () -> {
                    html.text("th", address, "scope", "row");
                    html.in("td", () -> writeBar(latency, longest), "class", "graph");
                    number(TrafficWords.seconds(latency.p50()));
                    number(TrafficWords.seconds(latency.p95()));
                    number(TrafficWords.seconds(latency.p99()));
                    number(TrafficWords.seconds(latency.max()));
                });
    }

    private void writeBar(Latency latency, double longest) {
        Shape.bar(
                html,
                "p50 %s, p95 %s, p99 %s"
                        .formatted(
                                TrafficWords.seconds(latency.p50()),
                                TrafficWords.seconds(latency.p95()),
                                TrafficWords.seconds(latency.p99())),
                List.of(
                        new Shape.Piece("p99", 0, place(latency.p99(), longest)),
                        new Shape.Piece("p95", 0, place(latency.p95(), longest)),
                        new Shape.Piece("p50", 0, place(latency.p50(), longest))));
    }

    private static double place(double seconds, double longest) {
        double decades = Math.log10(Math.max(longest, 2 * SHORTEST) / SHORTEST);
        return Math.clamp(Math.log10(Math.max(seconds, SHORTEST) / SHORTEST) / decades, 0, 1);
    }

    private void writeShares(String title, String name, List<Share> shares) {
        List<Share> failing = shares.stream().filter(share -> share.failures() > 0).toList();
        if (failing.isEmpty()) {
            return;
        }
        table(
                title,
                List.of(name, "share of all failures", "#failed", "#of requests", "#"),
                () ->
                        failing.stream()
                                .limit(ROWS)
                                .forEach(share -> html.in("tr", () -> write(share))));
        if (failing.size() > ROWS) {
            html.text("p", "and %d more".formatted(failing.size() - ROWS), "class", "note");
        }
    }

    private void write(Share share) {
        long total = Math.max(1, report.failures().total());
        html.text("th", share.name(), "scope", "row");
        html.in(
                "td",
                () ->
                        Shape.bar(
                                html,
                                TrafficWords.percent(share.failures(), total),
                                List.of(
                                        new Shape.Piece(
                                                "failed",
                                                0,
                                                Math.min(1, (double) share.failures() / total)))),
                "class",
                "graph");
        number(Words.thousands(share.failures()));
        number(Words.thousands(share.requests()));
        number(TrafficWords.percent(share.failures(), share.requests()));
    }

    private void writeErrors() {
        if (report.errors().isEmpty()) {
            return;
        }
        Map<String, Long> ofFailures = new HashMap<>();
        report.failures().byError().forEach(c -> ofFailures.put(c.name(), c.count()));
        table(
                "In the error log",
                List.of("id", "#entries", "#with a failure", "what nginx says"),
                () ->
                        report.errors()
                                .forEach(
                                        error ->
                                                html.in(
                                                        "tr",
                                                        () ->
                                                                write(
                                                                        error,
                                                                        Optional.ofNullable(
                                                                                ofFailures.get(
                                                                                        error
                                                                                                .name()))))));
    }

    private void write(Count error, Optional<Long> failures) {
        html.text("th", error.name(), "scope", "row");
        number(Words.thousands(error.count()));
        number(failures.map(Words::thousands).orElse(""));
        words(TrafficWords.meaning(error.name()).orElse(""));
    }
}
