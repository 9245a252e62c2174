package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.LogBytes;
import java.io.InputStream;

/** A log that somebody else opened, and closes. */
public sealed interface LogInput {
    /** As shown: a path, or {@code -} for standard input. */
    String name();

    /**
     * One that can be read at any place, by several threads at once: a plain file.
     *
     * @param bytes read by several threads at the same time
     */
    record Placed(String name, LogBytes bytes) implements LogInput {}

    /**
     * One that is read once from its beginning: standard input, a pipe, a compressed file. When it
     * fails in the middle, what was readable is counted, and the failure is told in the report.
     */
    record Streamed(String name, InputStream stream) implements LogInput {}
}
