package dev.gatemend.cli;

import dev.gatemend.lab.Aftermath;
import dev.gatemend.lab.Comparison;
import dev.gatemend.lab.ComparisonRun;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What became of the same faults under each watcher as data: {@code gatemend.lab-compare/1}. */
final class ComparisonJson {
    private ComparisonJson() {}

    static String of(ComparisonReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.lab-compare/1");
            BenchJson.write(json, report.machine());
            Json.seconds(json, "boundSeconds", ComparisonRun.BOUND);
            json.writeArrayPropertyStart("scenarios");
            report.comparisons().forEach(comparison -> write(json, comparison));
            json.writeEndArray();
            json.writeArrayPropertyStart("notPlayed");
            report.notPlayed().forEach(other -> BenchJson.write(json, other));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Comparison comparison) {
        json.writeStartObject();
        json.writeStringProperty("id", comparison.scenario().id());
        Json.text(json, "cause", comparison.scenario().cause());
        Json.texts(json, "mendedByRestarting", comparison.scenario().restart().orElse(List.of()));
        json.writeArrayPropertyStart("watchers");
        comparison.aftermaths().forEach(aftermath -> write(json, aftermath));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Aftermath aftermath) {
        json.writeStartObject();
        json.writeStringProperty("watcher", aftermath.watcher().toString());
        Json.seconds(json, "outageSeconds", aftermath.outage().length());
        json.writeBooleanProperty("healed", aftermath.outage().over());
        json.writeNumberProperty("requests", aftermath.outage().asked());
        json.writeNumberProperty("failedRequests", aftermath.outage().failed());
        json.writeStringProperty("verdict", aftermath.verdict().name().toLowerCase(Locale.ROOT));
        json.writeArrayPropertyStart("restarted");
        aftermath
                .restarted()
                .forEach(
                        (unit, times) -> {
                            json.writeStartObject();
                            json.writeStringProperty("unit", unit);
                            json.writeNumberProperty("times", times);
                            json.writeEndObject();
                        });
        json.writeEndArray();
        json.writeEndObject();
    }
}
