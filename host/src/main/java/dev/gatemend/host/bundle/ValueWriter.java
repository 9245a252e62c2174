package dev.gatemend.host.bundle;

import dev.gatemend.model.Observation;
import dev.gatemend.model.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Writes the values that a snapshot is made of. */
final class ValueWriter {
    private final JsonGenerator json;

    /** Levels of settings that were written, by their maps, with their numbers. */
    private final IdentityHashMap<Map<?, ?>, Integer> levels = new IdentityHashMap<>();

    ValueWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Character letter -> json.writeString(letter.toString());
            case Enum<?> constant -> json.writeString(constant.name());
            case Duration duration -> json.writeNumber(seconds(duration));
            case Instant _, LocalDateTime _ -> json.writeString(value.toString());
            case ZoneId zone -> json.writeString(zone.getId());
            case List<?> items -> writeItems(items);
            case Settings settings -> write(settings);
            case Record thing -> writeParts(thing);
            default ->
                    throw new IllegalArgumentException(
                            "a bundle cannot hold a " + value.getClass().getName());
        }
    }

    /** Exact to the nanosecond, as a double would not be. */
    static BigDecimal seconds(Duration duration) {
        BigDecimal fraction = BigDecimal.valueOf(duration.getNano(), 9);
        return BigDecimal.valueOf(duration.getSeconds()).add(fraction).stripTrailingZeros();
    }

    private void writeItems(List<?> items) {
        json.writeStartArray();
        for (Object item : items) {
            if (item instanceof Observation) {
                json.writeRaw('\n');
            }
            write(item);
        }
        json.writeEndArray();
    }

    private void writeParts(Object thing) {
        json.writeStartObject();
        if (Shape.isOneOfSeveral(thing.getClass())) {
            json.writeStringProperty(ValueReader.KIND, thing.getClass().getSimpleName());
        }
        writeRest(thing);
    }

    /** The parts of a record whose object is begun, and its end. */
    void writeRest(Object thing) {
        Shape shape = Shape.of(thing.getClass());
        for (Shape.Part part : shape.parts()) {
            present(shape.value(part, thing)).ifPresent(value -> write(part.name(), value));
        }
        json.writeEndObject();
    }

    private void write(String name, Object value) {
        json.writeName(name);
        write(value);
    }

    /** A value without its {@code Optional}; nothing for what the reader takes for granted. */
    private static Optional<?> present(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional;
            case OptionalInt number ->
                    number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
            case OptionalLong number ->
                    number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
            case List<?> items when items.isEmpty() -> Optional.empty();
            default -> Optional.of(value);
        };
    }

    /** A level is written once: ten thousand sites share what they inherit. */
    private void write(Settings settings) {
        Integer known = levels.get(settings.byName());
        if (known != null) {
            json.writeNumber(known);
            return;
        }
        json.writeStartObject();
        settings.outer().ifPresent(outer -> write(SettingsReader.OUTER, outer));
        json.writeObjectPropertyStart(SettingsReader.OWN);
        settings.own().forEach(this::write);
        json.writeEndObject();
        json.writeNumberProperty(SettingsReader.LEVEL, levels.size());
        json.writeEndObject();
        levels.put(settings.byName(), levels.size());
    }
}
