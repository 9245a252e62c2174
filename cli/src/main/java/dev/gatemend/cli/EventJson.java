package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What goes wrong as {@code gatemend.logs-event/1}, one object a line. */
final class EventJson {
    private EventJson() {}

    static String of(TrafficEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.compact(text)) {
            write(json, event);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, TrafficEvent event) {
        boolean failed = event.kind() == TrafficEvent.Kind.FAILED;
        json.writeStartObject();
        json.writeStringProperty("schema", "gatemend.logs-event/1");
        Json.text(json, "at", event.at().map(Json::time));
        json.writeStringProperty("event", event.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("log", event.log());
        Json.number(json, "status", event.status());
        Json.text(
                json,
                "madeBy",
                failed ? Optional.of(event.maker().word()) : Optional.<String>empty());
        Json.text(json, "site", event.site());
        Json.text(json, "upstream", event.upstream());
        json.writeArrayPropertyStart("attempts");
        event.attempts().forEach(attempt -> write(json, attempt));
        json.writeEndArray();
        Json.text(json, "method", event.method());
        Json.text(json, "uri", event.uri());
        Json.text(json, "client", event.client());
        if (event.took().isPresent()) {
            Json.seconds(json, "tookSeconds", event.took().get());
        } else {
            json.writeNullProperty("tookSeconds");
        }
        writeError(json, event);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Attempt attempt) {
        json.writeStartObject();
        json.writeStringProperty("peer", attempt.peer());
        Json.positive(json, "status", attempt.status());
        json.writeEndObject();
    }

    private static void writeError(JsonGenerator json, TrafficEvent event) {
        if (event.said().isEmpty()) {
            json.writeNullProperty("error");
            return;
        }
        json.writeObjectPropertyStart("error");
        Json.text(json, "id", event.said().get().id());
        Json.text(json, "level", event.said().get().level());
        json.writeStringProperty("message", event.said().get().message());
        json.writeEndObject();
    }
}
