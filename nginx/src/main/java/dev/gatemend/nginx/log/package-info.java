/**
 * nginx's logs: the grammar of the error log, the catalogue of messages that concern an upstream,
 * access-log formats compiled from {@code log_format}, and readers that find a window of time in a
 * big file and count what it holds. The only home of both grammars. Bytes come in through {@link
 * dev.gatemend.nginx.log.LogBytes} or as lines; nothing here opens a file, knows a host or judges
 * what an entry means.
 */
@NullMarked
package dev.gatemend.nginx.log;

import org.jspecify.annotations.NullMarked;
