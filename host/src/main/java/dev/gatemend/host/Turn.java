package dev.gatemend.host;

import dev.gatemend.model.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One observer at work in a thread of its own, from its start to its limit. The thread is a
 * platform thread: reads of {@code /proc} block without yielding, and one observer that computes
 * must not use up the time of another.
 */
final class Turn {
    private final Observer observer;
    private final Look look;
    private final long startedNanos = System.nanoTime();
    private volatile long endedNanos;
    private final Thread thread;

    private Turn(Observer observer, Look look) {
        this.observer = observer;
        this.look = look;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("observer-" + observer.name())
                        .unstarted(this::run);
    }

    static Turn start(Observer observer, Look look) {
        Turn turn = new Turn(observer, look);
        turn.thread.start();
        return turn;
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
        }
        List<Observation> seen = look.close();
        thread.interrupt();
        return seen;
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
            look.couldNotLook("was interrupted");
        } catch (IOException e) {
            look.couldNotLook(Because.of(e));
        } catch (RuntimeException | Error e) {
            look.couldNotLook("failed: " + e);
        } finally {
            endedNanos = System.nanoTime();
        }
    }
}
