/**
 * The daemon: follows what nginx writes, notices when requests fail, opens an incident, has it
 * diagnosed at once, and remembers it. It only looks: nothing here repairs, restarts or asks nginx
 * for anything, and nothing here writes to a screen.
 *
 * <p>The deciding ({@link dev.gatemend.watch.Detection}, {@link dev.gatemend.watch.Incidents}) has
 * no clock, no thread and no file; the rest feeds it.
 */
@NullMarked
package dev.gatemend.watch;

import org.jspecify.annotations.NullMarked;
