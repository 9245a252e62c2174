package dev.gatemend.cli;

import dev.gatemend.model.Diagnosis;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * What the JSON documents have in common: times in UTC with milliseconds, {@code null} for what is
 * unknown, and no byte that a terminal could obey (everything beyond visible ASCII is escaped).
 */
final class Json {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** DEL and the second block of controls would pass through the standard escapes. */
    private static final int LAST_VISIBLE_ASCII = 126;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().highestNonEscapedChar(LAST_VISIBLE_ASCII).build();

    private Json() {}

    /** One document over many lines. */
    static JsonGenerator indented(Writer out) {
        return FACTORY.createGenerator(
                new ObjectWriteContext.Base() {
                    @Override
                    public PrettyPrinter getPrettyPrinter() {
                        return new DefaultPrettyPrinter();
                    }
                },
                out);
    }

    /** A document on one line, for one document a line. */
    static JsonGenerator compact(Writer out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static void text(JsonGenerator json, String name, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }

    static void texts(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    static void number(JsonGenerator json, String name, OptionalInt value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsInt());
        } else {
            json.writeNullProperty(name);
        }
    }

    static void number(JsonGenerator json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsLong());
        } else {
            json.writeNullProperty(name);
        }
    }

    /** A number whose zero stands for unknown. */
    static void positive(JsonGenerator json, String name, int value) {
        number(json, name, value == 0 ? OptionalInt.empty() : OptionalInt.of(value));
    }

    static void seconds(JsonGenerator json, String name, Duration duration) {
        json.writeNumberProperty(name, duration.toMillis() / 1000.0);
    }

    static void pair(
            JsonGenerator json, String name, String value, String otherName, String otherValue) {
        json.writeStartObject();
        json.writeStringProperty(name, value);
        json.writeStringProperty(otherName, otherValue);
        json.writeEndObject();
    }

    /**
     * The probabilities of a problem's findings and, last, of unknown, in ten-thousandths that add
     * up to one exactly: what rounding takes is given to the largest.
     */
    static double[] sharesOfOne(Diagnosis problem) {
        long[] shares = new long[problem.findings().size() + 1];
        long sum = 0;
        int largest = shares.length - 1;
        for (int i = 0; i < shares.length; i++) {
            double exact =
                    i < problem.findings().size()
                            ? problem.findings().get(i).probability()
                            : problem.unknown();
            shares[i] = Math.round(exact * 10_000);
            sum += shares[i];
            largest = shares[i] > shares[largest] ? i : largest;
        }
        shares[largest] += 10_000 - sum;
        return Arrays.stream(shares).mapToDouble(s -> s / 10_000.0).toArray();
    }
}
