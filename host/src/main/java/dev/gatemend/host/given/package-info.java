/**
 * Text that somebody hands over in place of a host - pasted logs, excerpts of a configuration, what
 * commands printed, prose in between - read into the same facts that looking at a host gives. Each
 * kind is told by its shape; what has none is kept as prose. Nothing here looks at the host that it
 * runs on, and nothing judges.
 */
@NullMarked
package dev.gatemend.host.given;

import org.jspecify.annotations.NullMarked;
