package dev.gatemend.watch;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Events as {@code gatemend.event/1}, one object a line: times in UTC with milliseconds, {@code
 * null} for what is unknown, nothing that a terminal could obey.
 */
final class EventText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int LAST_VISIBLE_ASCII = 126;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().highestNonEscapedChar(LAST_VISIBLE_ASCII).build();

    private EventText() {}

    /**
     * @param sequence of the event; each is greater than the one before
     */
    static String of(WatchEvent event, long sequence) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.event/1");
            json.writeStringProperty("at", time(event.at()));
            json.writeStringProperty("event", event.word());
            text(json, "incident", event.incident());
            json.writeNumberProperty("sequence", sequence);
            switch (event) {
                case WatchEvent.Ready ready -> write(json, ready);
                case WatchEvent.ObserverFailed failed -> write(json, failed);
                case WatchEvent.OfIncident told -> write(json, told);
            }
            json.writeEndObject();
        }
        // Jackson lets the last of ASCII pass, a control character, too
        return text.toString().replace("\u007f", "\\u007F");
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static void write(JsonGenerator json, WatchEvent.Ready ready) {
        json.writeNumberProperty("masters", ready.masters());
        json.writeNumberProperty("sites", ready.sites());
        json.writeNumberProperty("logs", ready.logs());
    }

    private static void write(JsonGenerator json, WatchEvent.ObserverFailed failed) {
        json.writeStringProperty("observer", failed.observer());
        json.writeStringProperty("why", failed.why());
    }

    private static void write(JsonGenerator json, WatchEvent.OfIncident told) {
        Story story = told.story();
        json.writeStringProperty("kind", story.trouble().word());
        json.writeStringProperty("severity", story.severity().word());
        json.writeStringProperty("place", story.place().toString());
        if (told instanceof WatchEvent.Diagnosed diagnosed) {
            write(json, diagnosed.verdict());
        } else {
            text(json, "site", story.site());
            text(json, "peer", story.peer());
        }
        json.writeNumberProperty("reopened", story.reopened());
        json.writeStringProperty("why", told.why());
    }

    private static void write(JsonGenerator json, Verdict verdict) {
        text(json, "cause", verdict.cause());
        if (verdict.cause().isPresent()) {
            json.writeNumberProperty(
                    "probability", Math.round(verdict.probability() * 10_000) / 10_000.0);
        } else {
            json.writeNullProperty("probability");
        }
        text(json, "site", verdict.site());
        text(json, "peer", verdict.peer());
        json.writeBooleanProperty("provisional", verdict.provisional());
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }
}
