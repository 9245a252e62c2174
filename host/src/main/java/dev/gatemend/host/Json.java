package dev.gatemend.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A small JSON value of a program's answer. What is missing reads as {@link Nothing}. */
sealed interface Json {
    /** An object. */
    record Members(Map<String, Json> values) implements Json {}

    /** An array. */
    record Items(List<Json> values) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A whole number. */
    record Count(long value) implements Json {}

    /** True or false. */
    record Truth(boolean value) implements Json {}

    /** Null, a fraction, or no value at all. */
    record Nothing() implements Json {}

    /** Nobody nests deeper in earnest; the reading recurses. */
    int MOST_DEPTH = 64;

    JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                    .build();

    /** The member of that name; of something else than an object, {@link Nothing}. */
    default Json at(String name) {
        return this instanceof Members members
                ? members.values().getOrDefault(name, new Nothing())
                : new Nothing();
    }

    default boolean has(String name) {
        return this instanceof Members members && members.values().containsKey(name);
    }

    default Optional<String> text() {
        return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    default OptionalLong count() {
        return this instanceof Count count ? OptionalLong.of(count.value()) : OptionalLong.empty();
    }

    /** Whether it is the value {@code true}. */
    default boolean isTrue() {
        return this instanceof Truth truth && truth.value();
    }

    /** The members of an object, in the order written. */
    default Map<String, Json> members() {
        return this instanceof Members members ? members.values() : Map.of();
    }

    default List<Json> items() {
        return this instanceof Items items ? items.values() : List.of();
    }

    /**
     * Hands over the elements of a top-level array one by one, so that those before a cut are kept.
     *
     * @param member of the top-level object that holds the array
     * @return whether the document was read to its end
     */
    static boolean eachItem(String document, String member, Consumer<Json> consumer) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY
                        && member.equals(parser.currentName())) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        consumer.accept(value(parser));
                    }
                    return true;
                }
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Reads a line that is one object; {@link Nothing} when it is not well-formed. */
    static Json read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(parser);
        } catch (JacksonException e) {
            return new Nothing();
        }
    }

    private static Json value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_TRUE -> new Truth(true);
            case VALUE_FALSE -> new Truth(false);
            case null, default -> new Nothing();
        };
    }

    private static Json members(JsonParser parser) {
        Map<String, Json> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser));
        }
        return new Members(values);
    }

    private static Json items(JsonParser parser) {
        List<Json> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new Items(values);
    }

    private static Json whole(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new Nothing()
                : new Count(parser.getLongValue());
    }
}
