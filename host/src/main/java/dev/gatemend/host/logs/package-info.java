/**
 * Opening the logs that somebody names: files, patterns, rotated sets, packed ones, pipes. From the
 * words of a command line to inputs that can be read, with everything that is wrong about them said
 * at once. Nothing here knows what stands in a log.
 */
@NullMarked
package dev.gatemend.host.logs;

import org.jspecify.annotations.NullMarked;
