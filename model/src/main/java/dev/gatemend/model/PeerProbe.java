package dev.gatemend.model;

import java.time.Duration;

/**
 * A look at a peer from where nginx stands.
 *
 * @param peer the address probed; a name already resolved
 * @param networkNamespace it was made from
 * @param kind how far it went
 * @param outcome what came of it
 * @param took from the first packet to the outcome
 */
public record PeerProbe(
        Address peer, long networkNamespace, Kind kind, ProbeOutcome outcome, Duration took)
        implements Fact {
    /** How far a probe goes; each kind includes the connect. */
    public enum Kind {
        /** connect(2) and close. */
        CONNECT,
        /** A TLS handshake. */
        TLS,
        /** {@code HEAD /} in HTTP/1.1. */
        HTTP,
        /** Connect and listen a moment for a server that talks first. */
        BANNER
    }
}
