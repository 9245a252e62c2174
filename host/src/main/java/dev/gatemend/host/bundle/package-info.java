/**
 * A snapshot as a file, the bundle: everything a verdict used, so that it can be given again on
 * another machine. And a snapshot without its secrets, which is what leaves a host.
 *
 * <p>The format is one JSON document, {@code gatemend.bundle/1}, one observation a line, packed by
 * gzip where asked for. It follows the records of {@code model}: a record is an object of its
 * components, with the name of its kind as {@code is} where several kinds may stand; an absent
 * value and an empty list are left out; times are RFC 3339 in UTC, durations seconds. The settings
 * of a level are written where they first occur, with a number, and are that number from then on.
 *
 * <p>Fields may be added to the records; a field that a reader does not know is passed over. Any
 * other change is a new number of the schema. Nothing here looks at a host or opens a file.
 */
@NullMarked
package dev.gatemend.host.bundle;

import org.jspecify.annotations.NullMarked;
