/**
 * Looking at a host without touching it: one {@link dev.gatemend.host.Observer} a source, each with
 * a time limit, each honest about what it could not see. Nothing here writes, creates, starts or
 * signals anything, and nothing here decides what a fact means; that is {@code diagnosis}.
 */
@NullMarked
package dev.gatemend.host;

import org.jspecify.annotations.NullMarked;
