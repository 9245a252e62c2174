package dev.gatemend.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C and SIGTERM as a wish to come to an end: what is going on is finished, what it found is
 * shown, and the process ends with the code of that.
 */
final class StopSignal implements Pulse, AutoCloseable {
    /** Soon enough for who watches, seldom enough to cost nothing. */
    private static final Duration PACE = Duration.ofMillis(200);

    /** A report is made in less; then the process ends without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Thread hook =
            Thread.ofPlatform().daemon().name("end").unstarted(this::endInOrder);

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void rest() throws InterruptedException {
        asked.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isOver() {
        return asked.getCount() == 0;
    }

    /** All is done and written. After a signal the process ends here. */
    void ended(int status) {
        end.complete(status);
    }

    @Override
    public void close() {
        end.cancel(false);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came: the hook is at work.
            return;
        }
    }

    private void endInOrder() {
        asked.countDown();
        try {
            Runtime.getRuntime().halt(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException
                | TimeoutException
                | java.util.concurrent.CancellationException e) {
            // It failed, and says so itself: the process ends as after any signal.
            return;
        }
    }
}
