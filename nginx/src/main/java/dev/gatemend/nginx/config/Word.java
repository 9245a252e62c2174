package dev.gatemend.nginx.config;

import dev.gatemend.model.Position;

/**
 * A token of a configuration: a directive's name or one of its arguments.
 *
 * @param value what nginx's modules see: without quotes, escapes resolved, bytes read as UTF-8
 * @param start offset of its first byte in the file, the opening quote included
 * @param end offset behind its last byte, the closing quote included
 * @param line 1-based, of its first byte
 * @param column 1-based, counted in bytes
 */
public record Word(String value, int start, int end, int line, int column) {
    /** Where it stands in {@code file}. */
    public Position position(String file) {
        return new Position(file, line, column);
    }

    @Override
    public String toString() {
        return value;
    }
}
