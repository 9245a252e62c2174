package dev.gatemend.watch;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the daemon keeps what it announced. Each call is remembered as a whole or not at all. */
interface Memory extends AutoCloseable {
    /**
     * Remembers an incident as it is now, with what is announced of it.
     *
     * @param lines of logs that belong to it; of an incident only the first are kept
     */
    void save(Optional<Incident> incident, List<Told> events, List<String> lines)
            throws SQLException;

    /** Remembers what was seen when an incident was first looked at. */
    void saveBundle(String incident, Instant at, byte[] packed) throws SQLException;

    @Override
    void close() throws SQLException;
}
