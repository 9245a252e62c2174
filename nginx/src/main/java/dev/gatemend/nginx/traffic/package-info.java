/**
 * Counting logs of any size after the fact: who made each 5xx, by which peer, at which attempt,
 * what retries hid from users, when it began. Works on logs that somebody else opened ({@link
 * dev.gatemend.nginx.traffic.LogInput}), reads lines with the grammars of {@link
 * dev.gatemend.nginx.log} only, and ends in a {@link dev.gatemend.nginx.traffic.TrafficReport}.
 * Nothing here opens a file, looks at a host, prints, or judges a cause.
 */
@NullMarked
package dev.gatemend.nginx.traffic;

import org.jspecify.annotations.NullMarked;
