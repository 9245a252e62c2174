/**
 * Judging what was seen. A diagnosis is a pure function of a {@link dev.gatemend.model.Snapshot}:
 * no input or output, no clock, no randomness, so the same snapshot gives the same verdict
 * everywhere. One class a cause, each in {@code dev.gatemend.diagnosis.cause}; here are the engine
 * that finds symptoms, weighs causes against them and groups the result.
 */
@NullMarked
package dev.gatemend.diagnosis;

import org.jspecify.annotations.NullMarked;
