package dev.gatemend.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one way to write an IPv6 address (RFC 5952), so that two spellings of an address are equal.
 */
public final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /** The canonical spelling; the text itself, in lower case, when it is no IPv6 address. */
    public static String canonical(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int zone = lower.indexOf('%');
        String address = zone < 0 ? lower : lower.substring(0, zone);
        return groups(address)
                .map(Ipv6Text::format)
                .map(a -> a + lower.substring(address.length()))
                .orElse(lower);
    }

    /** The canonical spelling of sixteen bytes in network order. */
    public static String of(byte[] bytes) {
        if (bytes.length != 2 * GROUPS) {
            throw new IllegalArgumentException("an IPv6 address has 16 bytes, not " + bytes.length);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        return format(groups);
    }

    private static Optional<int[]> groups(String address) {
        int gap = address.indexOf("::");
        Optional<List<Integer>> head = parts(gap < 0 ? address : address.substring(0, gap));
        Optional<List<Integer>> tail =
                gap < 0 ? Optional.of(List.of()) : parts(address.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int written = head.get().size() + tail.get().size();
        if (gap < 0 ? written != GROUPS : written >= GROUPS) {
            return Optional.empty();
        }
        int[] groups = new int[GROUPS];
        fill(groups, 0, head.get());
        fill(groups, GROUPS - tail.get().size(), tail.get());
        return Optional.of(groups);
    }

    private static void fill(int[] groups, int from, List<Integer> values) {
        for (int i = 0; i < values.size(); i++) {
            groups[from + i] = values.get(i);
        }
    }

    private static Optional<List<Integer>> parts(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        List<Integer> values = new ArrayList<>();
        for (String part : text.split(":", -1)) {
            if (part.matches("[0-9a-f]{1,4}")) {
                values.add(Integer.parseInt(part, 16));
            } else if (part.matches("\\d{1,3}(\\.\\d{1,3}){3}") && text.endsWith(part)) {
                int[] octets =
                        Arrays.stream(part.split("\\.")).mapToInt(Integer::parseInt).toArray();
                values.add((octets[0] & 0xff) << 8 | (octets[1] & 0xff));
                values.add((octets[2] & 0xff) << 8 | (octets[3] & 0xff));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /**
     * The longest run of two or more zero groups becomes {@code ::}; of equal ones the first (RFC
     * 5952, 4.2.3).
     */
    private static String format(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeros(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return start < 0
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, GROUPS);
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
