/**
 * The words of Gatemend as records and sealed interfaces: what nginx is told to do, what was seen
 * on a host, and what was concluded. Nothing here reads a file, starts a thread or knows a library;
 * whoever fills these values in lives in {@code nginx} and {@code host}, whoever judges them in
 * {@code diagnosis}.
 */
@NullMarked
package dev.gatemend.model;

import org.jspecify.annotations.NullMarked;
