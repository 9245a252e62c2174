package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.Latency;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Who and what failed, in tables with the numbers first: a name may be as long as it is. */
final class TrafficTables {
    /** Of each kind; the rest is in the JSON. */
    private static final int SHOWN = 6;

    /** {@code 255.255.255.255:65535} and most names with a port. */
    private static final int ADDRESS = 23;

    private static final int BAR = 10;
    private static final String FULL = "\u2588";
    private static final String PARTS = "\u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588";

    private final TrafficReport report;
    private final Page page;
    private final Ink ink;

    TrafficTables(TrafficReport report, Page page, Ink ink) {
        this.report = report;
        this.page = page;
        this.ink = ink;
    }

    void write() {
        writePeers();
        writeShares("by site", report.failures().sites());
        writeShares("by upstream", report.failures().upstreams());
        writeShares("by URI", report.failures().uris());
        writeShares("by client", report.failures().clients());
        writeErrors();
    }

    private void writePeers() {
        if (report.peers().isEmpty()) {
            return;
        }
        heading("by peer");
        page.line(ink.dim(peerLine("", "attempts", "failed", "", "p50", "p95", "p99")));
        report.peers().stream().limit(SHOWN).forEach(this::write);
        writeMore(report.peers().size() - SHOWN);
    }

    /** An address that is longer than its column has a line of its own. */
    private void write(PeerTraffic peer) {
        boolean fits = peer.address().length() <= ADDRESS;
        if (!fits) {
            page.line("  " + peer.address());
        }
        String line = peerLine(fits ? peer.address() : "", peer);
        page.line(failed(peer) > 0 ? ink.bold(line) : line);
        writePeerDetails(peer);
    }

    private static long failed(PeerTraffic peer) {
        return peer.failed().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String peerLine(String address, PeerTraffic peer) {
        long failed = failed(peer);
        return peerLine(
                address,
                Words.thousands(peer.attempts()),
                failed == 0 ? "none" : Words.thousands(failed),
                failed == 0 ? "" : TrafficWords.percent(failed, peer.attempts()),
                seconds(peer, Latency::p50),
                seconds(peer, Latency::p95),
                seconds(peer, Latency::p99));
    }

    private static String seconds(PeerTraffic peer, ToDoubleFunction<Latency> of) {
        return peer.latency().map(l -> TrafficWords.seconds(of.applyAsDouble(l))).orElse("");
    }

    private static String peerLine(Object... cells) {
        return "  %-24s%10s %8s %7s %7s %7s %7s".formatted(cells).stripTrailing();
    }

    private void writePeerDetails(PeerTraffic peer) {
        List<String> details = new ArrayList<>();
        if (!peer.failed().isEmpty()) {
            details.add(TrafficWords.statuses(peer.failed()));
        }
        Optional.of(TrafficWords.positions(peer.byPosition()))
                .filter(text -> !text.isEmpty())
                .ifPresent(details::add);
        if (peer.hidden() > 0) {
            details.add(Words.thousands(peer.hidden()) + " saved by a retry");
        }
        if (!details.isEmpty()) {
            page.wrapped("      ", 6, String.join("; ", details), line -> line);
        }
    }

    private void writeShares(String title, List<Share> shares) {
        List<Share> failing = shares.stream().filter(share -> share.failures() > 0).toList();
        if (failing.isEmpty()) {
            return;
        }
        heading(title);
        page.line(ink.dim("  %-10s %9s %12s".formatted("", "failed", "of requests")));
        failing.stream().limit(SHOWN).forEach(this::writeShare);
        writeMore(failing.size() - SHOWN);
    }

    private void writeShare(Share share) {
        String numbers =
                " %9s %12s %8s  "
                        .formatted(
                                Words.thousands(share.failures()),
                                Words.thousands(share.requests()),
                                TrafficWords.percent(share.failures(), share.requests()));
        String bar = bar(share.failures(), Math.max(1, report.failures().total()));
        int room = page.columns() - 2 - BAR - numbers.length();
        page.line("  " + ink.red(bar) + numbers + TrafficWords.cut(share.name(), room));
    }

    /** As long as its share of all; what is not nothing is seen. */
    private static String bar(long part, long whole) {
        long eighths = Math.clamp((long) Math.ceil((double) part * BAR * 8 / whole), 1, BAR * 8L);
        String bar = FULL.repeat((int) eighths / 8);
        String end = eighths % 8 == 0 ? "" : String.valueOf(PARTS.charAt((int) eighths % 8 - 1));
        return bar + end + " ".repeat(BAR - bar.length() - end.length());
    }

    private void writeErrors() {
        if (report.errors().isEmpty()) {
            return;
        }
        Map<String, Long> ofFailures = new HashMap<>();
        report.failures().byError().forEach(c -> ofFailures.put(c.name(), c.count()));
        heading("in the error log");
        page.line(ink.dim("  %10s %14s".formatted("entries", "with a failure")));
        report.errors().stream().limit(SHOWN).forEach(e -> write(e, ofFailures.get(e.name())));
        writeMore(report.errors().size() - SHOWN);
    }

    private void write(Count error, @Nullable Long failures) {
        String numbers =
                "  %10s %14s  "
                        .formatted(
                                Words.thousands(error.count()),
                                failures == null ? "" : Words.thousands(failures));
        int room = page.columns() - numbers.length();
        page.line(numbers + ink.bold(TrafficWords.cut(error.name(), room)));
        TrafficWords.meaning(error.name())
                .ifPresent(meaning -> page.wrapped("", numbers.length(), meaning, line -> line));
    }

    private void heading(String title) {
        page.blank();
        page.line(ink.bold(title));
    }

    private void writeMore(int more) {
        if (more > 0) {
            page.line("  and " + Words.thousands(more) + " more (--json has them)");
        }
    }
}
