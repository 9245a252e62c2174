package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Strength;

/** Who ended or dropped requests, how that is known, and how surely. */
record Ending(String who, Strength strength, Sighting sighting) {}
