/**
 * The causes, one class each, and {@link dev.gatemend.diagnosis.cause.Causes the list of them}. A
 * cause reads a {@link dev.gatemend.diagnosis.Matter} and argues; how arguments are weighed against
 * each other is the engine's. Weights come from what is true of the world, with the reason in a
 * comment, never from a test or a scenario.
 */
@NullMarked
package dev.gatemend.diagnosis.cause;

import org.jspecify.annotations.NullMarked;
