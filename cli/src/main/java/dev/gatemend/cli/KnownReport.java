package dev.gatemend.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What somebody reported, and what it turned out to be.
 *
 * @param paste the text as reported
 * @param cause id of the cause
 * @param alsoAcceptable ids of neighbours that would be no wrong answer
 */
record KnownReport(String id, String paste, String cause, List<String> alsoAcceptable) {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    KnownReport {
        alsoAcceptable = List.copyOf(alsoAcceptable);
    }

    /** Reads one JSON object; empty when it is none, or lacks a member. */
    static Optional<KnownReport> read(String line) {
        Map<String, String> texts = new HashMap<>();
        List<String> acceptable = new ArrayList<>();
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(name, json.getString());
                } else if (value == JsonToken.START_ARRAY && name.equals("also_acceptable")) {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        acceptable.add(json.getString());
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return texts.keySet().containsAll(List.of("id", "paste", "cause"))
                ? Optional.of(
                        new KnownReport(
                                text(texts, "id"),
                                text(texts, "paste"),
                                text(texts, "cause"),
                                acceptable))
                : Optional.empty();
    }

    private static String text(Map<String, String> texts, String name) {
        return texts.getOrDefault(name, "");
    }
}
