package dev.gatemend.watch;

import dev.gatemend.host.Because;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Remembers first and announces then: what somebody was told survives, and nobody is told twice.
 * While nothing can be remembered (a full disk) it says so, goes on announcing, and writes it all
 * down once it can. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    /** Time between two tries to write again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What waits to be written; the oldest goes first. */
    private static final int MOST_WAITING = 10_000;

    /** Log lines and bundles that wait with it, in bytes or characters; more are given up. */
    private static final long MOST_WEIGHT = 16 << 20;

    /** SQLITE_CONSTRAINT: it will not be taken at any other time either. */
    private static final int REFUSED = 19;

    private final Opening opening;
    private final Consumer<Told> announce;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Deque<Told> untold = new ArrayDeque<>();
    private Optional<Memory> memory = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private Instant nextTry = Instant.MIN;
    private long weight;
    private long sequence;

    /** How the memory is opened, and opened again. */
    @FunctionalInterface
    interface Opening {
        Memory open() throws SQLException, IOException;
    }

    /** Something to be written as a whole. */
    @FunctionalInterface
    private interface Work {
        void on(Memory memory) throws SQLException;
    }

    /**
     * @param sequence of the event announced last
     * @param announce is told of each event once it is remembered, or cannot be
     */
    Journal(Opening opening, long sequence, Consumer<Told> announce) {
        this.opening = opening;
        this.sequence = sequence;
        this.announce = announce;
    }

    void take(Incidents.Step step, Instant now) {
        record(Optional.of(step.incident()), step.events(), step.lines(), now);
    }

    void take(WatchEvent event, Instant now) {
        record(Optional.empty(), List.of(event), List.of(), now);
    }

    void keepBundle(String incident, byte[] packed, Instant now) {
        if (hasRoomFor(packed.length)) {
            waiting.add(memory -> memory.saveBundle(incident, now, packed));
        }
        write(now);
    }

    /** Tries again what could not be written. */
    void retry(Instant now) {
        if (!waiting.isEmpty() && !isTooEarly(now)) {
            nextTry = Instant.MIN;
            write(now);
        }
    }

    @Override
    public void close() {
        nextTry = Instant.MIN;
        write(Instant.MAX);
        forgetMemory();
    }

    private void record(
            Optional<Incident> incident, List<WatchEvent> events, List<String> lines, Instant now) {
        List<Told> told = events.stream().map(event -> Told.of(event, ++sequence)).toList();
        List<String> kept =
                hasRoomFor(lines.stream().mapToLong(String::length).sum()) ? lines : List.of();
        waiting.add(memory -> memory.save(incident, told, kept));
        untold.addAll(told);
        write(now);
    }

    /** Then tells what has not been told, in the order of its numbers. */
    private void write(Instant now) {
        tryToWrite(now);
        for (Told told = untold.poll(); told != null; told = untold.poll()) {
            announce.accept(told);
        }
    }

    private void tryToWrite(Instant now) {
        if (isTooEarly(now)) {
            bound();
            return;
        }
        try {
            Memory open = memory();
            while (!waiting.isEmpty()) {
                write(waiting.getFirst(), open);
                waiting.removeFirst();
            }
            weight = 0;
            failure = Optional.empty();
        } catch (SQLException e) {
            failed(String.valueOf(e.getMessage()), now);
        } catch (IOException e) {
            failed(Because.of(e), now);
        }
    }

    /** A clock that stepped back is no reason to wait for an hour. */
    private boolean isTooEarly(Instant now) {
        return now.isBefore(nextTry) && !now.plus(PATIENCE).isBefore(nextTry);
    }

    private boolean hasRoomFor(long more) {
        boolean room = weight + more <= MOST_WEIGHT;
        weight += room ? more : 0;
        return room;
    }

    /** What is refused for what it is must not keep back all that comes behind it. */
    private static void write(Work work, Memory open) throws SQLException {
        try {
            work.on(open);
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) != REFUSED) {
                throw e;
            }
        }
    }

    private Memory memory() throws SQLException, IOException {
        if (memory.isEmpty()) {
            memory = Optional.of(opening.open());
        }
        return memory.get();
    }

    /** Said once, until it is written again. */
    private void failed(String why, Instant now) {
        forgetMemory();
        nextTry = now.equals(Instant.MAX) ? now : now.plus(PATIENCE);
        bound();
        if (failure.isEmpty() && !now.equals(Instant.MAX)) {
            failure = Optional.of(why);
            Told told = Told.of(new WatchEvent.ObserverFailed(now, "store", why), ++sequence);
            waiting.add(memory -> memory.save(Optional.empty(), List.of(told), List.of()));
            untold.add(told);
        }
    }

    private void bound() {
        while (waiting.size() > MOST_WAITING) {
            waiting.removeFirst();
        }
    }

    private void forgetMemory() {
        Optional<Memory> given = memory;
        memory = Optional.empty();
        try {
            if (given.isPresent()) {
                given.get().close();
            }
        } catch (SQLException e) {
            // It is being given up; what it could not write waits here.
            return;
        }
    }
}
