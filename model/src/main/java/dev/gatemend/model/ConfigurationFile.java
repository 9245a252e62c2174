package dev.gatemend.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A file of the configuration.
 *
 * @param modified its mtime, when it could be read
 */
public record ConfigurationFile(String path, Optional<Instant> modified) {}
