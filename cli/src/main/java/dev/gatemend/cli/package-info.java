/**
 * The commands: each parses its words, calls one room, and renders what comes back. Nothing here
 * decides what a fact means or how nginx reads its files.
 */
@NullMarked
package dev.gatemend.cli;

import org.jspecify.annotations.NullMarked;
