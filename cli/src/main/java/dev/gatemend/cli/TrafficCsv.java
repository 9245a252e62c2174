package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Latency;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What logs tell as one tidy table, {@code section,name,measure,value}: quoted as in RFC 4180, and
 * with nothing in it that a spreadsheet would take for a formula. The report's texts must have been
 * made printable.
 */
final class TrafficCsv {
    private final StringBuilder text = new StringBuilder();

    private TrafficCsv() {}

    static String of(TrafficReport report) {
        TrafficCsv csv = new TrafficCsv();
        csv.line("section", "name", "measure", "value");
        csv.writeTotals(report);
        csv.writeFailures(report.failures());
        report.peers().forEach(csv::write);
        csv.writeErrors(report);
        csv.writeTime(report);
        report.files().forEach(csv::write);
        report.samples().forEach(s -> csv.line("sample", s.where(), s.what(), s.text()));
        report.approximate().forEach(said -> csv.line("approximate", "", "text", said));
        report.notes().forEach(said -> csv.line("note", "", "text", said));
        return csv.text.toString();
    }

    private void writeTotals(TrafficReport report) {
        TrafficReport.Totals totals = report.totals();
        number("total", "", "requests", totals.requests());
        number("total", "", "lines", totals.lines());
        number("total", "", "unparsed", totals.unparsed());
        number("total", "", "bytes", totals.bytes());
        totals.first().ifPresent(at -> line("total", "", "first", Json.time(at)));
        totals.last().ifPresent(at -> line("total", "", "last", Json.time(at)));
        number("total", "", "failures", report.failures().total());
        number("total", "", "retried", report.hidden().retried());
        number("total", "", "cut-after-header", report.hidden().cutAfterHeader());
        totals.statuses().forEach((s, n) -> number("status", s.toString(), "requests", n));
    }

    private void writeFailures(TrafficReport.Failures failures) {
        for (Maker maker : Maker.values()) {
            number("maker", maker.word(), "failures", failures.byMaker().getOrDefault(maker, 0L));
        }
        failures.byPeer()
                .forEach((peer, statuses) -> statuses("last-peer", peer, "failures", statuses));
        shares("site", failures.sites());
        shares("upstream", failures.upstreams());
        shares("uri", failures.uris());
        shares("client", failures.clients());
    }

    private void statuses(
            String section, String name, String measure, Map<Integer, Long> statuses) {
        statuses.forEach((status, n) -> number(section, name, measure + "-" + status, n));
    }

    private void shares(String section, List<Share> shares) {
        for (Share share : shares) {
            number(section, share.name(), "requests", share.requests());
            number(section, share.name(), "failures", share.failures());
        }
    }

    private void write(PeerTraffic peer) {
        String name = peer.address();
        number("peer", name, "attempts", peer.attempts());
        statuses("peer", name, "failed", peer.failed());
        number("peer", name, "hidden", peer.hidden());
        for (int i = 0; i < peer.byPosition().size(); i++) {
            number("peer", name, "failed-as-attempt-" + (i + 1), peer.byPosition().get(i));
        }
        peer.latency().ifPresent(latency -> write(name, latency));
    }

    private void write(String name, Latency latency) {
        number("latency", name, "count", latency.count());
        seconds(name, "p50", latency.p50());
        seconds(name, "p95", latency.p95());
        seconds(name, "p99", latency.p99());
        seconds(name, "max", latency.max());
    }

    private void seconds(String name, String measure, double seconds) {
        line("latency", name, measure + "-seconds", plain(seconds));
    }

    private void writeErrors(TrafficReport report) {
        for (Count error : report.errors()) {
            number("error", error.name(), "entries", error.count());
        }
        for (Count error : report.failures().byError()) {
            number("error", error.name(), "failures", error.count());
        }
    }

    private void writeTime(TrafficReport report) {
        report.timeline().slots().forEach(this::write);
        for (TrafficReport.Change change : report.changes()) {
            String measure = change.measure().name().toLowerCase(Locale.ROOT);
            line("change", Json.time(change.at()), measure + "-before", plain(change.before()));
            line("change", Json.time(change.at()), measure + "-after", plain(change.after()));
        }
    }

    private void write(Slot slot) {
        String from = Json.time(slot.from());
        number("time", from, "requests", slot.requests());
        number("time", from, "failures", slot.failures());
        number("time", from, "made-by-nginx", slot.nginx());
        number("time", from, "made-by-upstream", slot.upstream());
        number("time", from, "hidden", slot.hidden());
    }

    private void write(FileRead file) {
        line("file", file.name(), "kind", file.kind().name().toLowerCase(Locale.ROOT));
        number("file", file.name(), "bytes", file.bytes());
        number("file", file.name(), "lines", file.lines());
        number("file", file.name(), "unparsed", file.unparsed());
        number("file", file.name(), "disordered", file.disordered());
        file.format().ifPresent(format -> line("file", file.name(), "format", format));
        file.problem().ifPresent(problem -> line("file", file.name(), "problem", problem));
    }

    private void number(String section, String name, String measure, long value) {
        line(section, name, measure, Long.toString(value));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(6, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void line(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        text.append("\r\n");
    }

    /** A formula begins with one of four characters; the apostrophe makes it a text. */
    private static String cell(String value) {
        String harmless =
                value.isEmpty() || "=+-@".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        boolean plain = harmless.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
