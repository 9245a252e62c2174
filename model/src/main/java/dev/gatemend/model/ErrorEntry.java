package dev.gatemend.model;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One entry of nginx's error log, taken apart. Fields a client can forge (request, host, referrer)
 * are kept apart from those nginx wrote; see the grammar in {@code nginx}.
 *
 * @param id of the message in the catalogue; empty when it is none about an upstream, or unknown
 * @param aboutUpstream the entry concerns an upstream, whether or not an id fits
 * @param level {@code emerg} to {@code debug}; empty when the line has none (a copy on stderr has)
 * @param time in the host's zone, which nginx does not write; empty for lines without a time stamp
 * @param pid of the process that wrote it
 * @param connection nginx's serial of the client connection
 * @param message text without the trailing context fields
 * @param errno in the last parenthesis of the message
 * @param phase behind {@code while }, {@code connecting to upstream}
 * @param upstream value of {@code upstream:}, {@code http://127.0.0.1:8000/x}
 * @param continuation lines joined to the first (FastCGI stderr), 0 for most
 * @param cut the entry ends in the middle (2,048 byte limit, a pager, a torn write)
 */
public record ErrorEntry(
        Optional<String> id,
        boolean aboutUpstream,
        Optional<String> level,
        Optional<LocalDateTime> time,
        OptionalInt pid,
        OptionalLong connection,
        String message,
        OptionalInt errno,
        Optional<String> phase,
        Optional<String> client,
        Optional<String> server,
        Optional<String> request,
        Optional<String> subrequest,
        Optional<String> upstream,
        Optional<String> host,
        Optional<String> referrer,
        int continuation,
        boolean cut) {}
