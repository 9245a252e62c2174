package dev.gatemend.nginx.log;

import java.util.Optional;

/**
 * Tells which site and location a request belongs to, as the configuration says. Called once for
 * each different question.
 */
@FunctionalInterface
public interface RequestPlace {
    /**
     * @param serverName first name of the server block, as the error log and {@code $server_name}
     *     have it
     * @param host that the client asked for, the client's word
     * @param uri with its arguments, the client's word; empty when the line has none
     */
    Optional<Place> of(Optional<String> serverName, Optional<String> host, String uri);

    /**
     * @param site its name
     * @param location as written; empty when it cannot be told
     */
    record Place(String site, String location) {}

    /** Knows no place. */
    static RequestPlace nowhere() {
        return (serverName, host, uri) -> Optional.empty();
    }
}
