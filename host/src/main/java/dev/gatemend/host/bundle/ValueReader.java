package dev.gatemend.host.bundle;

import dev.gatemend.model.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the values that a snapshot is made of, each at the token it begins with. Whoever wrote them
 * is a stranger: what does not fit is refused, what is not known is passed over.
 */
final class ValueReader {
    static final String KIND = "is";

    private final JsonParser json;
    private final SettingsReader settings;
    private final int most;
    private int values;

    /**
     * @param most how many values are read before it is taken for an attack
     */
    ValueReader(JsonParser json, int most) {
        this.json = json;
        this.settings = new SettingsReader(json, this);
        this.most = most;
    }

    Object read(Type type) throws UnreadableBundle {
        if (++values > most) {
            throw new UnreadableBundle("more than " + most + " values");
        }
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class ? items(inner) : Optional.of(read(inner));
        }
        Class<?> plain = (Class<?>) type;
        if (Scalars.knows(plain)) {
            return Scalars.read(plain, json);
        }
        if (plain == Settings.class) {
            return settings.read();
        }
        return plain.isEnum() ? constant(plain) : thing(plain);
    }

    <T> T read(Class<T> type) throws UnreadableBundle {
        return type.cast(read((Type) type));
    }

    /** A record whose object is begun. */
    <T> T rest(Class<T> type) throws UnreadableBundle {
        return type.cast(parts(Shape.of(type)));
    }

    void expect(JsonToken token, String what) throws UnreadableBundle {
        if (json.currentToken() != token) {
            throw new UnreadableBundle(what + " belongs here, not " + json.currentToken());
        }
    }

    <T> List<T> items(Class<T> type) throws UnreadableBundle {
        List<T> items = new ArrayList<>();
        expect(JsonToken.START_ARRAY, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(type));
        }
        return items;
    }

    private List<Object> items(Type type) throws UnreadableBundle {
        List<Object> items = new ArrayList<>();
        expect(JsonToken.START_ARRAY, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(type));
        }
        return items;
    }

    private Object constant(Class<?> type) throws UnreadableBundle {
        String name = (String) Scalars.read(String.class, json);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UnreadableBundle(
                                        "there is no " + type.getSimpleName() + " " + name));
    }

    private Object thing(Class<?> type) throws UnreadableBundle {
        expect(JsonToken.START_OBJECT, "an object");
        return type.isSealed() ? oneOf(type) : parts(Shape.of(type));
    }

    private Object oneOf(Class<?> type) throws UnreadableBundle {
        if (json.nextToken() != JsonToken.PROPERTY_NAME || !KIND.equals(json.currentName())) {
            throw new UnreadableBundle("a " + type.getSimpleName() + " begins with " + KIND);
        }
        json.nextToken();
        String kind = (String) Scalars.read(String.class, json);
        Class<?> known = Shape.kindsOf(type).get(kind);
        if (known == null) {
            throw new UnreadableBundle("there is no " + type.getSimpleName() + " " + kind);
        }
        return parts(Shape.of(known));
    }

    /** What is behind the beginning of the object, or behind its kind. */
    private Object parts(Shape shape) throws UnreadableBundle {
        Map<String, Object> read = new HashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            Optional<Shape.Part> part =
                    shape.parts().stream().filter(p -> p.name().equals(name)).findFirst();
            if (part.isEmpty()) {
                json.skipChildren();
            } else if (read.put(name, read(part.get().type())) != null) {
                throw new UnreadableBundle(name + " stands twice");
            }
        }
        Object[] values = new Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            Shape.Part part = shape.parts().get(i);
            Object value = read.get(part.name());
            values[i] = value == null ? absent(part, shape) : value;
        }
        return made(shape, values);
    }

    private static Object made(Shape shape, Object[] values) throws UnreadableBundle {
        try {
            return shape.with(values);
        } catch (InvocationTargetException e) {
            throw new UnreadableBundle(
                    "no " + shape.type().getSimpleName() + ": " + e.getCause(), e);
        }
    }

    /** What the writer leaves out. */
    private static Object absent(Shape.Part part, Shape shape) throws UnreadableBundle {
        Type type =
                part.type() instanceof ParameterizedType generic
                        ? generic.getRawType()
                        : part.type();
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (type == OptionalLong.class) {
            return OptionalLong.empty();
        }
        if (type == List.class) {
            return List.of();
        }
        throw new UnreadableBundle(shape.type().getSimpleName() + " lacks " + part.name());
    }
}
