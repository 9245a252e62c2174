package dev.gatemend.watch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the daemon knows from before it was started, and where it goes on writing. */
public final class Recollection implements Closeable {
    /** What was over for longer does not come back as the same incident. */
    private static final Duration COMES_BACK = Duration.ofMinutes(15);

    private final List<Incident> kept;
    private final String lastId;
    private final Journal journal;
    private final Optional<FileLock> lock;

    private Recollection(
            List<Incident> kept, String lastId, Journal journal, Optional<FileLock> lock) {
        this.kept = List.copyOf(kept);
        this.lastId = lastId;
        this.journal = journal;
        this.lock = lock;
    }

    /**
     * Opens the state of a directory. Where that cannot be written the daemon watches all the same,
     * and says so with its first event.
     *
     * @param announce is told of each event once it is remembered, or cannot be
     * @throws IOException when another process watches with this directory
     */
    public static Recollection open(Path directory, Instant now, Consumer<Told> announce)
            throws IOException {
        Optional<FileLock> lock = lock(directory);
        try {
            Store store = Store.open(directory);
            Deque<Memory> first = new ArrayDeque<>(List.of(store));
            return new Recollection(
                    store.unfinished(now.minus(COMES_BACK)),
                    store.lastId(),
                    new Journal(
                            () -> first.isEmpty() ? Store.open(directory) : first.removeFirst(),
                            store.lastSequence(),
                            announce),
                    lock);
        } catch (SQLException | IOException e) {
            return withoutMemory(directory, now, announce, lock);
        }
    }

    /** Taken before anything is read, so that what is read is nobody else's to change. */
    private static Optional<FileLock> lock(Path directory) throws TakenException {
        try {
            Database.makeDirectory(directory);
            Optional<FileLock> lock = StateDirectory.take(directory);
            if (lock.isEmpty()) {
                throw new TakenException(directory);
            }
            return lock;
        } catch (TakenException e) {
            throw e;
        } catch (IOException e) {
            // Nothing can be written there: the first event says so.
            return Optional.empty();
        }
    }

    /** Numbers only grow: those of the time are greater than any that were counted. */
    private static Recollection withoutMemory(
            Path directory, Instant now, Consumer<Told> announce, Optional<FileLock> lock) {
        return new Recollection(
                List.of(),
                "",
                new Journal(() -> Store.open(directory), now.toEpochMilli(), announce),
                lock);
    }

    /** Two that watch would announce everything twice. */
    private static final class TakenException extends IOException {
        private static final long serialVersionUID = 1;

        TakenException(Path directory) {
            super(
                    directory
                            + ": another gatemend watch keeps its state there; name another --state-dir");
        }
    }

    List<Incident> kept() {
        return kept;
    }

    String lastId() {
        return lastId;
    }

    Journal journal() {
        return journal;
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        journal.close();
        if (lock.isPresent()) {
            lock.get().channel().close();
        }
    }

    /** Whether this process alone writes there; false also where nothing can be written. */
    public boolean isAlone() {
        return lock.filter(FileLock::isValid).isPresent();
    }
}
