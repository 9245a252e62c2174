package dev.gatemend.host.bundle;

import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Values of any record of the model, made as its class says; the second kind has everything that
 * may be left out left out.
 */
record SampleValues(boolean full) {
    /** A list of one of each kind. */
    List<?> ofEach(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(of(type));
        }
        List<Object> samples = new ArrayList<>();
        Shape.kindsOf(type).values().forEach(kind -> samples.add(of(kind)));
        return samples;
    }

    private Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class
                    ? full ? List.copyOf(ofEach((Class<?>) inner)) : List.of()
                    : full ? Optional.of(ofEach((Class<?>) inner).getFirst()) : Optional.empty();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain == Settings.class) {
            Settings outer = new Settings(Map.of("a", List.of((Setting) of(Setting.class))));
            return full ? outer.with(Map.of("a", List.of(), "b", outer.all("a"))) : Settings.NONE;
        }
        if (plain.isSealed()) {
            return ofEach(plain).getFirst();
        }
        return plain.isRecord() ? record(plain) : scalar(plain);
    }

    private Object record(Class<?> type) {
        Shape shape = Shape.of(type);
        // A location holds locations.
        boolean recursive = type.getSimpleName().equals("Location");
        SampleValues inner = recursive ? new SampleValues(false) : this;
        try {
            return shape.with(shape.parts().stream().map(part -> inner.of(part.type())).toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("this sample is no " + type, e);
        }
    }

    private Object scalar(Class<?> type) {
        return switch (type.getName()) {
            // What passes for an id of a container as well.
            case "java.lang.String" -> "0123456789abcdef";
            case "int", "java.lang.Integer" -> 17;
            case "long", "java.lang.Long" -> full ? Long.MAX_VALUE : Long.MIN_VALUE;
            case "boolean", "java.lang.Boolean" -> full;
            case "char" -> 'S';
            case "java.util.OptionalInt" -> full ? OptionalInt.of(-1) : OptionalInt.empty();
            case "java.util.OptionalLong" -> full ? OptionalLong.of(0) : OptionalLong.empty();
            case "java.time.Instant" -> Instant.parse("2026-11-21T10:00:00.123456789Z");
            case "java.time.LocalDateTime" -> LocalDateTime.parse("2026-11-21T10:00");
            case "java.time.Duration" ->
                    full ? Duration.ofSeconds(-3, 1) : Duration.ofDays(9).plusNanos(7);
            case "java.time.ZoneId" -> ZoneId.of("Europe/Berlin");
            default -> throw new IllegalStateException("no sample of " + type);
        };
    }
}
