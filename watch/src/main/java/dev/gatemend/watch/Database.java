package dev.gatemend.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Opens the store's file, and brings an older one up to date. */
final class Database {
    static final String NAME = "gatemend.db";

    /** Scripts {@code store-1.sql} and so on; a released one is never changed, another is added. */
    private static final int VERSION = 1;

    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rw-------");

    private Database() {}

    /** Opens it for reading and writing, and makes what is missing. */
    static Connection open(Path directory) throws SQLException, IOException {
        makeDirectory(directory);
        makePrivate(directory.resolve(NAME));
        Connection connection = connect(directory);
        try {
            set(connection, "pragma journal_mode = wal");
            set(connection, "pragma synchronous = full");
            set(connection, "pragma foreign_keys = on");
            connection.setAutoCommit(false);
            migrate(connection);
            return connection;
        } catch (SQLException | IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes it where it is not there, for its owner alone. */
    static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    /**
     * Opens one that is there, to be read only.
     *
     * @throws IOException when there is none
     */
    static Connection read(Path directory) throws SQLException, IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + ": no such file: gatemend watch writes it");
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": permission denied; run with sudo");
        }
        Connection connection = connect(directory);
        set(connection, "pragma query_only = on");
        int version = version(connection);
        if (version != VERSION) {
            connection.close();
            throw new IOException(
                    "%s: is of version %d, and this program reads %d"
                            .formatted(file, version, VERSION));
        }
        return connection;
    }

    /** Also in a directory that was there and is open to all; SQLite's other files follow it. */
    private static void makePrivate(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new IOException(file + ": is a link; the store is a file of its directory");
        }
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, PRIVATE);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
    }

    private static Connection connect(Path directory) throws SQLException {
        NativeLibrary.prepare(directory);
        try {
            Connection connection =
                    DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(NAME));
            set(connection, "pragma busy_timeout = 5000");
            return connection;
        } catch (LinkageError e) {
            throw new SQLException("SQLite's library cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Step by step, each in a transaction of its own with its number. */
    private static void migrate(Connection connection) throws SQLException, IOException {
        int version = version(connection);
        if (version > VERSION) {
            throw new SQLException(
                    "is of version %d, written by a newer Gatemend".formatted(version));
        }
        for (int next = version + 1; next <= VERSION; next++) {
            for (String command : script(next).split(";\\s*\\n", -1)) {
                if (!command.isBlank()) {
                    set(connection, command);
                }
            }
            set(connection, "pragma user_version = " + next);
            connection.commit();
        }
    }

    private static String script(int number) throws IOException {
        String name = "store-" + number + ".sql";
        try (InputStream in = Database.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("pragma user_version")) {
            return found.getInt(1);
        }
    }

    private static void set(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
