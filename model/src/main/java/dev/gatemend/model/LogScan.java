package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How a log was read, whatever it held.
 *
 * @param path or {@code journal:nginx.service}
 * @param bytesRead of the {@code size} it has
 * @param lines read inside the window
 * @param unparsed lines that fit no grammar
 * @param requests of an access log: requests inside the window
 * @param last time of the newest line, wherever it lies
 */
public record LogScan(
        String path,
        boolean error,
        long size,
        long bytesRead,
        long lines,
        long unparsed,
        long requests,
        Optional<Instant> last)
        implements Fact {}
