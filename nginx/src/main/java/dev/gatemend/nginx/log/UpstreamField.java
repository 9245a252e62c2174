package dev.gatemend.nginx.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An upstream variable of an access line: one value an attempt, {@code , } between the attempts of
 * one pass and { : } between passes (an error_page, X-Accel-Redirect or named location that led to
 * another upstream). The separators may trail: {@code 502 : } is a second pass that chose no peer.
 *
 * @param passes at least one, each with at least one value; {@code -} and the empty text as written
 */
public record UpstreamField(List<List<String>> passes) {
    /** A request tries each peer once a pass; more than this is no honest line. */
    private static final int MOST = 1_000;

    public UpstreamField {
        passes = passes.stream().map(List::copyOf).toList();
    }

    /** Takes the text of a variable apart; any text gives a field. */
    public static UpstreamField of(String text) {
        List<List<String>> passes = new ArrayList<>();
        List<String> attempts = new ArrayList<>();
        int from = 0;
        int count = 0;
        for (int i = 0; i < text.length() && count < MOST; i++) {
            boolean attempt = text.startsWith(", ", i);
            boolean pass = text.startsWith(" : ", i);
            if (!attempt && !pass) {
                continue;
            }
            attempts.add(text.substring(from, i));
            count++;
            if (pass) {
                passes.add(attempts);
                attempts = new ArrayList<>();
            }
            from = i + (pass ? 3 : 2);
            i = from - 1;
        }
        attempts.add(text.substring(from));
        passes.add(attempts);
        return new UpstreamField(passes);
    }

    /** All values in the order of the attempts. */
    public List<String> values() {
        return passes.stream().flatMap(List::stream).toList();
    }

    /** The last attempt's value, unless it is {@code -} or nothing. */
    public Optional<String> last() {
        String last = passes.getLast().getLast();
        return last.isEmpty() || last.equals("-") ? Optional.empty() : Optional.of(last);
    }

    /** The last attempt's value as a number. */
    public OptionalDouble lastNumber() {
        return last().map(UpstreamField::number).orElse(OptionalDouble.empty());
    }

    /** Digits with at most one point; nginx writes no other numbers. */
    static OptionalDouble number(String text) {
        boolean digits =
                !text.isEmpty()
                        && text.length() <= 20
                        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
        boolean number = digits && text.indexOf('.') == text.lastIndexOf('.') && !text.equals(".");
        return number ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }
}
