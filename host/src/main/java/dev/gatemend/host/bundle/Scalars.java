package dev.gatemend.host.bundle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the values that are one word or one number. */
final class Scalars {
    /** Three hundred years; a longer wait is nonsense, and would not fit into a {@code long}. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(10_000_000_000L);

    private static final int NANOS = 9;

    private static final Map<Class<?>, Reading> READINGS =
            Map.ofEntries(
                    Map.entry(String.class, Scalars::text),
                    Map.entry(int.class, Scalars::number),
                    Map.entry(Integer.class, Scalars::number),
                    Map.entry(long.class, Scalars::longNumber),
                    Map.entry(boolean.class, Scalars::truth),
                    Map.entry(Boolean.class, Scalars::truth),
                    Map.entry(char.class, Scalars::letter),
                    Map.entry(OptionalInt.class, json -> OptionalInt.of(number(json))),
                    Map.entry(OptionalLong.class, json -> OptionalLong.of(longNumber(json))),
                    Map.entry(Instant.class, json -> Instant.parse(text(json))),
                    Map.entry(LocalDateTime.class, json -> LocalDateTime.parse(text(json))),
                    Map.entry(ZoneId.class, json -> ZoneId.of(text(json))),
                    Map.entry(Duration.class, Scalars::duration));

    private Scalars() {}

    @FunctionalInterface
    private interface Reading {
        Object of(JsonParser json) throws UnreadableBundle;
    }

    static boolean knows(Class<?> type) {
        return READINGS.containsKey(type);
    }

    /** The value of a type that is {@link #knows known}. */
    static Object read(Class<?> type, JsonParser json) throws UnreadableBundle {
        Reading reading = READINGS.get(type);
        if (reading == null) {
            throw new IllegalArgumentException("a bundle cannot hold a " + type.getName());
        }
        try {
            return reading.of(json);
        } catch (DateTimeException e) {
            throw new UnreadableBundle("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static String text(JsonParser json) throws UnreadableBundle {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unlike("a string", json);
        }
        return json.getString();
    }

    private static long longNumber(JsonParser json) throws UnreadableBundle {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw unlike("a whole number", json);
        }
        return json.getLongValue();
    }

    private static int number(JsonParser json) throws UnreadableBundle {
        long number = longNumber(json);
        if (number != (int) number) {
            throw unlike("a whole number of 32 bits", json);
        }
        return (int) number;
    }

    private static boolean truth(JsonParser json) throws UnreadableBundle {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw unlike("true or false", json);
        };
    }

    private static char letter(JsonParser json) throws UnreadableBundle {
        String text = text(json);
        if (text.length() != 1) {
            throw unlike("one letter", json);
        }
        return text.charAt(0);
    }

    private static Duration duration(JsonParser json) throws UnreadableBundle {
        JsonToken token = json.currentToken();
        if (token == null || !token.isNumeric()) {
            throw unlike("seconds", json);
        }
        // Compared before it is unfolded: 1e999999999 is a short text and a long number.
        BigDecimal seconds = json.getDecimalValue();
        if (seconds.abs().compareTo(LONGEST) > 0 || seconds.scale() > NANOS) {
            throw unlike("seconds", json);
        }
        BigDecimal nanos = seconds.setScale(NANOS, RoundingMode.UNNECESSARY);
        return Duration.ofSeconds(
                nanos.longValue(), nanos.remainder(BigDecimal.ONE).unscaledValue().longValue());
    }

    private static UnreadableBundle unlike(String what, JsonParser json) {
        return new UnreadableBundle(what + " belongs here, not " + json.currentToken());
    }
}
