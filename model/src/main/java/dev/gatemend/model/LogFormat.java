package dev.gatemend.model;

/**
 * A {@code log_format}.
 *
 * @param text its strings joined, with variables as written
 * @param escape how values are escaped
 */
public record LogFormat(String name, String text, Escape escape) {
    /** nginx's {@code escape=} parameter. */
    public enum Escape {
        DEFAULT,
        JSON,
        NONE
    }
}
