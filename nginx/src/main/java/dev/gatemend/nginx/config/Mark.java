package dev.gatemend.nginx.config;

import dev.gatemend.model.Position;

/**
 * A one-byte token: <code>;</code>, <code>&#123;</code> or <code>&#125;</code>.
 *
 * @param offset in the file
 * @param line 1-based
 * @param column 1-based, counted in bytes
 */
public record Mark(int offset, int line, int column) {
    /** Where it stands in {@code file}. */
    public Position position(String file) {
        return new Position(file, line, column);
    }
}
