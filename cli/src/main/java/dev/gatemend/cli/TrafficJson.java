package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.Failures;
import dev.gatemend.nginx.traffic.TrafficReport.Latency;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** What logs tell as {@code gatemend.logs/1}, the public contract with other programs. */
final class TrafficJson {
    private final JsonGenerator json;

    private TrafficJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(TrafficReport report) {
        return of(report, Json::indented);
    }

    static String onOneLine(TrafficReport report) {
        return of(report, Json::compact);
    }

    private static String of(TrafficReport report, Function<Writer, JsonGenerator> shape) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = shape.apply(text)) {
            new TrafficJson(generator).write(report);
        }
        return text.append('\n').toString();
    }

    private void write(TrafficReport report) {
        json.writeStartObject();
        json.writeStringProperty("schema", "gatemend.logs/1");
        array("files", report.files(), this::write);
        write(report.totals());
        write(report.failures());
        json.writeObjectPropertyStart("hidden");
        json.writeNumberProperty("retried", report.hidden().retried());
        json.writeNumberProperty("cutAfterHeader", report.hidden().cutAfterHeader());
        json.writeEndObject();
        writeLatency(report.peers());
        array("changePoints", report.changes(), this::write);
        Json.texts(json, "approximate", report.approximate());
        array("peers", report.peers(), this::write);
        shares("sites", report.failures().sites());
        shares("upstreams", report.failures().upstreams());
        shares("uris", report.failures().uris());
        shares("clients", report.failures().clients());
        array("errors", report.errors(), this::writeError);
        write(report.timeline());
        array("samples", report.samples(), this::write);
        Json.texts(json, "notes", report.notes());
        json.writeEndObject();
    }

    private void write(TrafficReport.FileRead file) {
        json.writeStartObject();
        json.writeStringProperty("name", file.name());
        json.writeStringProperty("kind", file.kind().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("bytes", file.bytes());
        json.writeNumberProperty("lines", file.lines());
        json.writeNumberProperty("unparsed", file.unparsed());
        json.writeNumberProperty("disordered", file.disordered());
        Json.text(json, "format", file.format());
        Json.text(json, "problem", file.problem());
        json.writeEndObject();
    }

    private void write(TrafficReport.Totals totals) {
        json.writeNumberProperty("bytes", totals.bytes());
        json.writeNumberProperty("lines", totals.lines());
        json.writeNumberProperty("unparsed", totals.unparsed());
        json.writeNumberProperty("requests", totals.requests());
        statuses("statuses", totals.statuses());
        Json.text(json, "first", totals.first().map(Json::time));
        Json.text(json, "last", totals.last().map(Json::time));
    }

    private void write(Failures failures) {
        json.writeObjectPropertyStart("gatewayErrors");
        json.writeNumberProperty("total", failures.total());
        json.writeObjectPropertyStart("byMaker");
        for (Maker maker : Maker.values()) {
            json.writeNumberProperty(maker.word(), failures.byMaker().getOrDefault(maker, 0L));
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("byPeer");
        failures.byPeer().forEach(this::statuses);
        json.writeEndObject();
        json.writeObjectPropertyStart("bySite");
        failures.sites().stream()
                .filter(site -> site.failures() > 0)
                .forEach(site -> statuses(site.name(), Map.of("5xx", site.failures())));
        json.writeEndObject();
        json.writeObjectPropertyStart("byError");
        failures.byError().forEach(e -> json.writeNumberProperty(e.name(), e.count()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void statuses(String name, Map<?, Long> statuses) {
        json.writeObjectPropertyStart(name);
        statuses.forEach((status, count) -> json.writeNumberProperty(status.toString(), count));
        json.writeEndObject();
    }

    private void writeLatency(List<PeerTraffic> peers) {
        json.writeObjectPropertyStart("latency");
        for (PeerTraffic peer : peers) {
            peer.latency().ifPresent(latency -> write(peer.address(), latency));
        }
        json.writeEndObject();
    }

    private void write(String address, Latency latency) {
        json.writeObjectPropertyStart(address);
        json.writeNumberProperty("count", latency.count());
        json.writeNumberProperty("p50", rounded(latency.p50()));
        json.writeNumberProperty("p95", rounded(latency.p95()));
        json.writeNumberProperty("p99", rounded(latency.p99()));
        json.writeNumberProperty("max", rounded(latency.max()));
        json.writeEndObject();
    }

    private void write(TrafficReport.Change change) {
        json.writeStartObject();
        json.writeStringProperty("at", Json.time(change.at()));
        json.writeStringProperty("measure", change.measure().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("before", rounded(change.before()));
        json.writeNumberProperty("after", rounded(change.after()));
        json.writeStringProperty("text", change.text());
        json.writeEndObject();
    }

    private void write(PeerTraffic peer) {
        json.writeStartObject();
        json.writeStringProperty("address", peer.address());
        json.writeNumberProperty("attempts", peer.attempts());
        statuses("failed", peer.failed());
        json.writeNumberProperty("hidden", peer.hidden());
        json.writeArrayPropertyStart("failedByPosition");
        peer.byPosition().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void shares(String name, List<Share> shares) {
        array(
                name,
                shares,
                share -> {
                    json.writeStartObject();
                    json.writeStringProperty("name", share.name());
                    json.writeNumberProperty("requests", share.requests());
                    json.writeNumberProperty("failures", share.failures());
                    json.writeEndObject();
                });
    }

    private void writeError(Count error) {
        json.writeStartObject();
        json.writeStringProperty("id", error.name());
        json.writeNumberProperty("count", error.count());
        Json.text(json, "meaning", TrafficWords.meaning(error.name()));
        json.writeEndObject();
    }

    private void write(TrafficReport.Timeline timeline) {
        json.writeObjectPropertyStart("timeline");
        Json.seconds(json, "stepSeconds", timeline.step());
        array(
                "slots",
                timeline.slots(),
                slot -> {
                    json.writeStartObject();
                    json.writeStringProperty("from", Json.time(slot.from()));
                    json.writeNumberProperty("requests", slot.requests());
                    json.writeNumberProperty("failures", slot.failures());
                    json.writeNumberProperty("nginx", slot.nginx());
                    json.writeNumberProperty("upstream", slot.upstream());
                    json.writeNumberProperty("hidden", slot.hidden());
                    json.writeEndObject();
                });
        json.writeEndObject();
    }

    private void write(TrafficReport.Sample sample) {
        json.writeStartObject();
        json.writeStringProperty("what", sample.what());
        json.writeStringProperty("where", sample.where());
        json.writeStringProperty("text", sample.text());
        json.writeEndObject();
    }

    private <T> void array(String name, Collection<T> items, Consumer<T> write) {
        json.writeArrayPropertyStart(name);
        items.forEach(write);
        json.writeEndArray();
    }

    /** Microseconds and millionths are more than is known. */
    private static double rounded(double number) {
        return Math.round(number * 1e6) / 1e6;
    }
}
