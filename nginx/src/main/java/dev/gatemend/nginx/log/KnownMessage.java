package dev.gatemend.nginx.log;

import java.util.Optional;
import java.util.Set;

/**
 * A message of the catalogue.
 *
 * @param id public, stable
 * @param message as in nginx's source, with {@code %V} where it fills in
 * @param levels it is logged at
 * @param protocols of the pass: {@code proxy}, {@code fastcgi}, {@code stream} ...; {@code any}
 * @param status that the client gets; {@code -} when it depends
 * @param since first release, {@code 1.18.0} also for older ones; {@code ?} when not known
 * @param scope what must be known of a line before it can mean this
 */
public record KnownMessage(
        String id,
        String message,
        Set<String> levels,
        Set<String> protocols,
        String status,
        String since,
        Scope scope) {
    /** Where nginx uses a text: some texts also occur in lines that concern no upstream. */
    public enum Scope {
        /** The text itself speaks of an upstream. */
        UPSTREAM,
        /** A system call or TLS: the line must show that the connection is one to an upstream. */
        SOCKET,
        /** A temporary or cache file: the level tells it from a static file's line. */
        FILE,
        /** The client went away or sent too much. */
        CLIENT,
        /** A limit or the end of the worker itself. */
        PROCESS,
        /** The configuration was refused. */
        CONFIGURATION
    }

    public KnownMessage {
        levels = Set.copyOf(levels);
        protocols = Set.copyOf(protocols);
    }

    /** {@link #status} as a number; empty when it depends or the client is not concerned. */
    public Optional<Integer> statusToClient() {
        return status.equals("-") ? Optional.empty() : Optional.of(Integer.valueOf(status));
    }
}
