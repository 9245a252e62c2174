package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorEntry;
import java.util.Optional;

/**
 * What went wrong from nginx's side, told from the message alone: the step at which a request got
 * stuck.
 */
public enum Trouble {
    /** No connection to the peer came to be. */
    CONNECT(502),
    /** TLS with the peer did not come to be. */
    TLS(502),
    /** The peer took the request and did not answer in time. */
    TIMEOUT(504),
    /** The peer closed or reset the connection before its answer was complete. */
    CLOSED(502),
    /** The peer answered something nginx rejects. */
    BAD_RESPONSE(502),
    /** A name could not be resolved at run time. */
    RESOLVE(502),
    /**
     * nginx had no peer left to try; an echo of earlier failures unless nothing else is in sight.
     */
    NO_PEERS(502),
    /** nginx itself ran into a limit, a full disk or a closed door of its own. */
    LOCAL(500),
    /** The upstream made the status and nginx passed it on. */
    UPSTREAM_STATUS(502),
    /** The client gave up before the peer answered; nothing of nginx's failed. */
    ABORTED(499),
    /** nginx answered with an error that left no line about an upstream. */
    OWN_STATUS(500),
    /** Somebody says that requests fail; no line of nginx's logs tells where they got stuck. */
    UNTOLD(0),
    /** nginx does not run, or refuses its configuration. */
    STANDING(0);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    /** The status a client gets when this ends the request; 0 when none. */
    public int status() {
        return status;
    }

    /**
     * Tells the trouble of an error-log entry by its catalogue id, and by errno and phase where no
     * id fits.
     *
     * @return empty for entries that fail no request: warnings, client aborts, entries not about an
     *     upstream
     */
    public static Optional<Trouble> of(ErrorEntry entry) {
        return TroubleOfMessage.of(entry);
    }
}
