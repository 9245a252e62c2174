package dev.gatemend.watch;

import dev.gatemend.watch.Examiner.Examined;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the host examined in a thread of its own, one examination at a time, so that nobody who reads
 * logs waits for it. One examination serves all incidents that asked for it before it began.
 */
final class Examinations implements AutoCloseable {
    private final Examiner examiner;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** For whom, and what came of it. */
    record Done(List<String> incidents, Outcome outcome) {}

    /** What came of an examination. */
    sealed interface Outcome {
        /** It was made. */
        record Made(Examined examined) implements Outcome {}

        /** It could not be. */
        record Failed(String why) implements Outcome {}
    }

    Examinations(Examiner examiner) {
        this.examiner = examiner;
    }

    /** Begins one; answers false while another goes on. */
    boolean begin(List<String> incidents, Optional<Path> configuration, Instant now) {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(
                Thread.ofVirtual()
                        .name("examination")
                        .start(() -> run(incidents, configuration, now)));
        return true;
    }

    /** What has come since it was asked last. */
    List<Done> done() {
        List<Done> found = new ArrayList<>();
        for (Done one = done.poll(); one != null; one = done.poll()) {
            found.add(one);
        }
        return found;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void run(List<String> incidents, Optional<Path> configuration, Instant now) {
        try {
            done.add(new Done(incidents, new Outcome.Made(examiner.examine(now, configuration))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            done.add(new Done(incidents, new Outcome.Failed("the examination failed: " + e)));
        } finally {
            busy.set(false);
        }
    }
}
