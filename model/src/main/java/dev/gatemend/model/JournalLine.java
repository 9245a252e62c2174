package dev.gatemend.model;

import java.time.Instant;

/** A line a unit or the kernel wrote to the journal within the window; cut at 1,024 characters. */
public record JournalLine(String unit, Instant at, String text) implements Fact {}
