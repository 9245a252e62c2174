package dev.gatemend.model;

import java.util.Optional;

/**
 * A log that some place of the configuration writes to.
 *
 * @param error true for an {@code error_log}, false for an {@code access_log}
 * @param format the {@code log_format} of an access log ({@code combined} by default), the level of
 *     an error log ({@code error} by default)
 * @param position where it is written; empty for nginx's compiled-in default
 */
public record LogSetting(
        boolean error, LogDestination destination, String format, Optional<Position> position) {
    /** The path of the file it is; empty for any other destination. */
    public Optional<String> file() {
        return destination instanceof LogDestination.File file
                ? Optional.of(file.path())
                : Optional.empty();
    }
}
