package dev.gatemend.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * A fact put into words for the evidence column.
 *
 * @param source the observer's word
 * @param text one sentence without a full stop
 * @param where file and line, or a command that shows the same
 */
public record Sighting(String source, String text, Optional<String> where, Optional<Instant> at) {
    public static Sighting of(String source, String text, String where) {
        return new Sighting(source, text, Optional.of(where), Optional.empty());
    }
}
