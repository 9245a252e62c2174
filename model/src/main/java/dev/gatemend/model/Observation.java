package dev.gatemend.model;

import java.time.Instant;

/** One fact with its source and the time it was obtained. */
public record Observation(Fact fact, Source source, Instant at) {}
