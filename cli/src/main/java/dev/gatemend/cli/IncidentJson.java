package dev.gatemend.cli;

import dev.gatemend.watch.Incident;
import dev.gatemend.watch.Story;
import dev.gatemend.watch.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Incidents as {@code gatemend.incidents/1}. */
final class IncidentJson {
    private static final String SCHEMA = "gatemend.incidents/1";

    private IncidentJson() {}

    static String of(List<Incident> incidents) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeArrayPropertyStart("incidents");
            for (Incident incident : incidents) {
                json.writeStartObject();
                write(json, incident);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    static String of(Incident incident, List<String> lines) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeObjectPropertyStart("incident");
            write(json, incident);
            json.writeArrayPropertyStart("timeline");
            for (Story.Entry entry : incident.story().timeline()) {
                json.writeStartObject();
                json.writeStringProperty("at", Json.time(entry.at()));
                json.writeStringProperty("what", entry.what());
                json.writeStringProperty("why", entry.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.texts(json, "lines", lines);
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Incident incident) {
        Story story = incident.story();
        json.writeStringProperty("id", story.id());
        json.writeStringProperty("state", incident.state());
        json.writeStringProperty("kind", story.trouble().word());
        json.writeStringProperty("severity", story.severity().word());
        json.writeStringProperty("place", story.place().toString());
        Json.text(json, "site", story.site());
        Json.text(json, "peer", story.peer());
        json.writeStringProperty("firstFailure", Json.time(story.first()));
        json.writeStringProperty("opened", Json.time(story.openedAt()));
        Json.text(
                json,
                "resolved",
                incident instanceof Incident.Resolved resolved
                        ? Optional.of(Json.time(resolved.at()))
                        : Optional.empty());
        json.writeNumberProperty("reopened", story.reopened());
        Optional<Verdict> verdict = story.verdict();
        Json.text(json, "cause", verdict.flatMap(Verdict::cause));
        Optional<Verdict> known = verdict.filter(v -> v.cause().isPresent());
        if (known.isPresent()) {
            json.writeNumberProperty(
                    "probability", Math.round(known.get().probability() * 10_000) / 10_000.0);
        } else {
            json.writeNullProperty("probability");
        }
        Json.text(json, "title", verdict.map(Verdict::title));
    }
}
