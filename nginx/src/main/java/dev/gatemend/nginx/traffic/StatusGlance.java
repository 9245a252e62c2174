package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds lines that may have a status asked for, without taking lines apart: where a line has the
 * status, the literal of its format stands before it and the status' first digit behind that. Such
 * a line may still have another status; one that is passed over has none of them. Immutable.
 */
final class StatusGlance {
    private final byte before;
    private final byte blank;
    private final byte digit;

    private StatusGlance(String literal, int digit) {
        byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
        this.before = bytes[bytes.length - 2];
        this.blank = bytes[bytes.length - 1];
        this.digit = (byte) ('0' + digit);
    }

    /**
     * Empty where lines must be taken apart to tell: statuses of several hundreds, formats that
     * write it in different ways.
     */
    static Optional<StatusGlance> of(List<AccessLogFormat> formats, Set<Integer> statuses) {
        Set<Integer> digits = statuses.stream().map(s -> s / 100).collect(Collectors.toSet());
        Set<String> literals =
                formats.stream()
                        .map(f -> f.literalBefore(AccessVariable.STATUS).orElse(""))
                        .collect(Collectors.toSet());
        boolean plain =
                digits.size() == 1
                        && literals.size() == 1
                        && literals.stream()
                                .allMatch(l -> l.length() > 1 && l.chars().allMatch(c -> c < 128));
        return plain
                ? Optional.of(
                        new StatusGlance(literals.iterator().next(), digits.iterator().next()))
                : Optional.empty();
    }

    /** A place within the next line that may have the status; -1 when no line does. */
    int next(byte[] buffer, int from, int to) {
        return ByteSearch.find(buffer, from, to, before, blank, digit);
    }
}
