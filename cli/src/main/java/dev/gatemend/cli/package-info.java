/**
 * The commands: each parses its options, calls one room and renders the answer. No business rule
 * lives here.
 */
@NullMarked
package dev.gatemend.cli;

import org.jspecify.annotations.NullMarked;
