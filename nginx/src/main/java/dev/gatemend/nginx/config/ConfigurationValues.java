package dev.gatemend.nginx.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads times, sizes and numbers as nginx does; empty wherever nginx says "invalid value". */
public final class ConfigurationValues {
    /**
     * Units of {@code ngx_parse_time} in the order they must be written, with their milliseconds.
     */
    private static final String[] UNITS = {"y", "M", "w", "d", "h", "m", "s", "ms"};

    private static final long[] MILLISECONDS = {
        31_536_000_000L, 2_592_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
    };

    private ConfigurationValues() {}

    /**
     * A time of millisecond resolution, {@code 1m30s}, {@code 500ms}, {@code 60}: units fall from y
     * to ms, a number alone is seconds (src/core/ngx_parse.c, ngx_parse_time).
     */
    public static Optional<Duration> duration(String text) {
        return time(text, true);
    }

    /** A time of second resolution: as {@link #duration}, but {@code ms} is refused. */
    public static Optional<Duration> seconds(String text) {
        return time(text, false);
    }

    /** A size in bytes: {@code 8k}, {@code 1M}, {@code 2g} or plain (ngx_parse_offset). */
    public static OptionalLong size(String text) {
        long scale = scale(text);
        String digits = scale == 1 ? text : text.substring(0, text.length() - 1);
        OptionalLong number = digits(digits);
        return number.isPresent() && number.getAsLong() <= Long.MAX_VALUE / scale
                ? OptionalLong.of(number.getAsLong() * scale)
                : OptionalLong.empty();
    }

    /** A number without a unit; values beyond 2^31-1 are given as that. */
    public static OptionalInt number(String text) {
        OptionalLong number = digits(text);
        return number.isPresent()
                ? OptionalInt.of((int) Math.min(number.getAsLong(), Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static long scale(String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
            case 'k', 'K' -> 1L << 10;
            case 'm', 'M' -> 1L << 20;
            case 'g', 'G' -> 1L << 30;
            default -> 1;
        };
    }

    private static OptionalLong digits(String text) {
        if (text.isEmpty() || text.length() > 19) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || number > (Long.MAX_VALUE - 9) / 10) {
                return OptionalLong.empty();
            }
            number = number * 10 + (c - '0');
        }
        return OptionalLong.of(number);
    }

    private static Optional<Duration> time(String text, boolean milliseconds) {
        long total = 0;
        int at = 0;
        int unit = -1;
        boolean plain = false;
        while (at < text.length()) {
            int end = digitsEnd(text, at);
            OptionalLong number = digits(text.substring(at, end));
            int next = unitAt(text, end);
            if (number.isEmpty() || plain || next <= unit || (next == 7 && !milliseconds)) {
                return Optional.empty();
            }
            plain = unitLength(text, end) == 0;
            unit = next;
            try {
                total =
                        Math.addExact(
                                total, Math.multiplyExact(number.getAsLong(), MILLISECONDS[next]));
            } catch (ArithmeticException _) {
                return Optional.empty();
            }
            at = blanksEnd(text, end + unitLength(text, end));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(total));
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int blanksEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    /** Index of the unit behind a number; seconds when there is none, -1 when it is no unit. */
    private static int unitAt(String text, int at) {
        if (at == text.length() || text.charAt(at) == ' ') {
            return 6;
        }
        if (text.startsWith("ms", at)) {
            return 7;
        }
        for (int i = 0; i < 7; i++) {
            if (text.startsWith(UNITS[i], at)) {
                return i;
            }
        }
        return -1;
    }

    private static int unitLength(String text, int at) {
        if (at == text.length() || text.charAt(at) == ' ') {
            return 0;
        }
        return text.startsWith("ms", at) ? 2 : 1;
    }
}
