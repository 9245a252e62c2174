package dev.gatemend.host;

import dev.gatemend.model.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One observer at work in a thread of its own, from its start to its limit. */
final class Turn {
    private final Observer observer;
    private final Look look;
    private final long startedNanos = System.nanoTime();
    private final Thread thread;
    private volatile long endedNanos;

    Turn(Observer observer, Look look) {
        this.observer = observer;
        this.look = look;
        this.thread = Thread.ofVirtual().name("observer-" + observer.name()).start(this::run);
    }

    String name() {
        return observer.name();
    }

    /** Waits for the end or the limit, and returns what was seen until then. */
    List<Observation> await() throws InterruptedException {
        Duration left = observer.limit().minusNanos(System.nanoTime() - startedNanos);
        boolean ended = left.isPositive() ? thread.join(left) : !thread.isAlive();
        if (!ended) {
            look.couldNotLook("gave up after " + observer.limit().toMillis() + " ms");
            thread.interrupt();
        }
        return look.close();
    }

    Duration took() {
        long end = endedNanos == 0 ? System.nanoTime() : endedNanos;
        return Duration.ofNanos(end - startedNanos);
    }

    /** An observer's own fault must not cost the operator the other observers' answers. */
    private void run() {
        try {
            observer.look(look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            look.couldNotLook(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            look.couldNotLook("failed: " + e);
        } finally {
            endedNanos = System.nanoTime();
        }
    }
}
