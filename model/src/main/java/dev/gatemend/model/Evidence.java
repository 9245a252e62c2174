package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that speaks for or against a cause, or that could not be seen.
 *
 * @param source the observer's word, shown in the left column
 * @param text one sentence, without a full stop
 * @param where {@code /var/log/nginx/error.log:8812}, a command
 * @param weight natural logarithm of the likelihood ratio; positive for, negative against, 0 for
 *     missing
 */
public record Evidence(
        Kind kind,
        String source,
        String text,
        Optional<String> where,
        Optional<Instant> at,
        double weight) {
    /** The kinds of the contract. */
    public enum Kind {
        FOR,
        AGAINST,
        MISSING
    }
}
