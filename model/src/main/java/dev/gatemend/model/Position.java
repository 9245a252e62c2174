package dev.gatemend.model;

/**
 * A place in a configuration file.
 *
 * @param file path as nginx would open it
 * @param line 1-based
 * @param column 1-based, counted in bytes
 */
public record Position(String file, int line, int column) {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line and column start at 1: " + line + ":" + column);
        }
    }

    /** {@code file:line}, the form in which nginx itself names a place. */
    public String fileAndLine() {
        return file + ":" + line;
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
