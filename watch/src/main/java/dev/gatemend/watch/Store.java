package dev.gatemend.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The incidents, what was announced of them, their log lines and first bundles, in one SQLite file.
 * What a call saved survives kill -9 and a power failure. Not thread-safe; any number of others may
 * read the file meanwhile.
 */
public final class Store implements Memory {
    /** Of an incident. */
    private static final int MOST_LINES = 200;

    private final Connection connection;
    private final IncidentRows incidents;

    private Store(Connection connection) {
        this.connection = connection;
        this.incidents = new IncidentRows(connection);
    }

    /**
     * Opens the store of a directory, and makes what is missing.
     *
     * @throws IOException when the directory cannot be made
     * @throws SQLException when the file cannot be written, or is a newer program's
     */
    public static Store open(Path directory) throws SQLException, IOException {
        return new Store(Database.open(directory));
    }

    /**
     * Opens the store of a directory to be read only.
     *
     * @throws IOException when there is none, with what to do
     */
    public static Store read(Path directory) throws SQLException, IOException {
        return new Store(Database.read(directory));
    }

    @Override
    public void save(Optional<Incident> incident, List<Told> events, List<String> lines)
            throws SQLException {
        try {
            if (incident.isPresent()) {
                incidents.save(incident.get());
                addLines(incident.get().story().id(), lines);
            }
            for (Told told : events) {
                add(told);
            }
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    @Override
    public void saveBundle(String incident, Instant at, byte[] packed) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into bundle values (?, ?, ?) on conflict do nothing")) {
            insert.setString(1, incident);
            insert.setString(2, EventText.time(at));
            insert.setBytes(3, packed);
            insert.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    /** The newest first. */
    public List<Incident> incidents(int most) throws SQLException {
        return incidents.newest(most);
    }

    /** One of them. */
    public Optional<Incident> incident(String id) throws SQLException {
        return incidents.called(id);
    }

    /** Those that go on, or ended since. */
    public List<Incident> unfinished(Instant since) throws SQLException {
        return incidents.unfinished(since);
    }

    /** The log lines of an incident, as they came. */
    public List<String> lines(String id) throws SQLException {
        return texts("select text from log_line where incident = ? order by position", id);
    }

    /** What was announced of an incident, one {@code gatemend.event/1} each. */
    public List<String> events(String id) throws SQLException {
        return texts("select document from event where incident = ? order by sequence", id);
    }

    /** Of the event announced last; 0 for none. */
    public long lastSequence() throws SQLException {
        return number("select coalesce(max(sequence), 0) from event");
    }

    /** The id given last; the empty text for none. */
    public String lastId() throws SQLException {
        return texts("select coalesce(max(id), '') from incident where id > ?", "").stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A full disk has rolled back already, and then this fails, too: the first reason is told. */
    private void rollBack(SQLException because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private void add(Told told) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into event values (?, ?, ?, ?, ?) on conflict do nothing")) {
            insert.setLong(1, told.sequence());
            insert.setString(2, EventText.time(told.event().at()));
            insert.setString(3, told.event().word());
            insert.setString(4, told.event().incident().orElse(null));
            insert.setString(5, told.document());
            insert.executeUpdate();
        }
    }

    private void addLines(String id, List<String> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        int position = lines(id).size();
        try (PreparedStatement insert =
                connection.prepareStatement("insert into log_line values (?, ?, ?)")) {
            for (String line : lines.stream().limit(Math.max(0, MOST_LINES - position)).toList()) {
                insert.setString(1, id);
                insert.setInt(2, position++);
                insert.setString(3, line);
                insert.executeUpdate();
            }
        }
    }

    private List<String> texts(String query, String parameter) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private long number(String query) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            return row.getLong(1);
        }
    }
}
