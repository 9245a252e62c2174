package dev.gatemend.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What came back when a URL was asked for with {@code GET}, the way a client would.
 *
 * @param url as asked for
 * @param connectedTo the address the connection went to: of the nginx of this host that serves the
 *     port, where there is one
 * @param outcome the answer, or what kept it away
 * @param server value of the {@code Server} header, which tells nginx's own answer from another's
 * @param took from the first packet to the end of the header or the failure
 */
public record UrlAnswer(
        String url,
        Address connectedTo,
        ProbeOutcome outcome,
        Optional<String> server,
        Duration took)
        implements Fact {}
