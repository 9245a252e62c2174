package dev.gatemend.host.bundle;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a record is taken apart and put together, as its class says. */
record Shape(Class<?> type, List<Part> parts, Constructor<?> constructor) {
    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return read(type);
                }
            };

    private static final ClassValue<Map<String, Class<?>>> KINDS =
            new ClassValue<>() {
                @Override
                protected Map<String, Class<?>> computeValue(Class<?> type) {
                    Map<String, Class<?>> kinds = new HashMap<>();
                    collect(type, kinds);
                    return Map.copyOf(kinds);
                }
            };

    /** A component. */
    record Part(String name, Type type, Method accessor) {}

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** The records that a sealed interface admits, by the simple names that {@code is} gives. */
    static Map<String, Class<?>> kindsOf(Class<?> sealed) {
        return KINDS.get(sealed);
    }

    /** Whether the place of a record does not tell its class. */
    static boolean isOneOfSeveral(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    Object value(Part part, Object of) {
        try {
            return part.accessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getSimpleName() + "." + part.name(), e);
        }
    }

    /**
     * Puts one together.
     *
     * @throws InvocationTargetException when the record refuses the values
     */
    Object with(Object[] values) throws InvocationTargetException {
        try {
            return constructor.newInstance(values);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type.getSimpleName(), e);
        }
    }

    private static Shape read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("a bundle cannot hold a " + type.getName());
        }
        List<Part> parts =
                Arrays.stream(components)
                        .map(c -> new Part(c.getName(), c.getGenericType(), c.getAccessor()))
                        .toList();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
        try {
            return new Shape(type, parts, type.getConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " is not public", e);
        }
    }

    private static void collect(Class<?> type, Map<String, Class<?>> kinds) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            kinds.put(type.getSimpleName(), type);
        } else {
            Arrays.stream(permitted).forEach(below -> collect(below, kinds));
        }
    }
}
