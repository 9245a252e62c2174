package dev.gatemend.host;

import java.util.Optional;

/** Ports from the first to the last, both inside. */
record PortRange(int first, int last) {
    /** Reads {@code 80} or two numbers with that separator between. */
    static Optional<PortRange> parse(String text, String separator) {
        int at = text.indexOf(separator);
        String first = at < 0 ? text : text.substring(0, at);
        String last = at < 0 ? text : text.substring(at + separator.length());
        // iptables leaves out an end that is the lowest or highest port.
        return number(first.isEmpty() && at >= 0 ? "0" : first)
                .flatMap(
                        low ->
                                number(last.isEmpty() && at >= 0 ? "65535" : last)
                                        .map(high -> new PortRange(low, high)));
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
