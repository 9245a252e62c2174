package dev.gatemend.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A look at a peer from where nginx stands.
 *
 * @param peer the address probed; a name already resolved
 * @param networkNamespace it was made from
 * @param kind how far it went
 * @param outcome what came of it
 * @param took from the first packet to the outcome
 * @param serverName sent in the TLS handshake (SNI), or the {@code Host} of {@link
 *     Kind#OTHER_HOST}; empty when none was, or without TLS
 */
public record PeerProbe(
        Address peer,
        long networkNamespace,
        Kind kind,
        ProbeOutcome outcome,
        Duration took,
        Optional<String> serverName)
        implements Fact {
    /** In the text of a TLS probe whose peer asked for a client certificate. */
    public static final String ASKS_FOR_CERTIFICATE = "the peer asks for a client certificate";

    /** A probe without a server name. */
    public PeerProbe(
            Address peer, long networkNamespace, Kind kind, ProbeOutcome outcome, Duration took) {
        this(peer, networkNamespace, kind, outcome, took, Optional.empty());
    }

    /** How far a probe goes; each kind includes the connect. */
    public enum Kind {
        /** connect(2) and close. */
        CONNECT,
        /** A TLS handshake. */
        TLS,
        /** {@code HEAD /} in HTTP/1.1, for the host that nginx names. */
        HTTP,
        /** The same for another host, after nginx's was refused. */
        OTHER_HOST,
        /** Connect and listen a moment for a server that talks first. */
        BANNER
    }
}
