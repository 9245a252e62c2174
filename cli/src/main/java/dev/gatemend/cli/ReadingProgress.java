package dev.gatemend.cli;

import dev.gatemend.host.logs.ReadBytes;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a reading has come for as long as it is open, when somebody sees standard error and
 * it takes longer than {@link ProgressLine#PATIENCE}. Nothing is left of it on the screen.
 */
final class ReadingProgress implements AutoCloseable {
    /** Often enough to look alive. */
    private static final Duration PACE = Duration.ofMillis(250);

    private final ReadBytes read;
    private final PrintStream err;
    private final ProgressLine line = new ProgressLine();
    private final CountDownLatch over = new CountDownLatch(1);

    /** For tests, which tick by themselves. */
    ReadingProgress(ReadBytes read, PrintStream err) {
        this.read = read;
        this.err = err;
    }

    /** Begins; does nothing at all when standard error is no terminal, as the launcher says. */
    static ReadingProgress of(ReadBytes read, Screen screen) {
        ReadingProgress progress = new ReadingProgress(read, screen.err());
        if (Boolean.getBoolean("gatemend.watched")) {
            Thread.ofPlatform().daemon().name("progress").start(progress::run);
        }
        return progress;
    }

    private void run() {
        long began = System.nanoTime();
        try {
            while (!over.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                tick(Duration.ofNanos(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Brings the line up to date.
     *
     * @param elapsed since the reading began
     */
    synchronized void tick(Duration elapsed) {
        if (over.getCount() > 0) {
            write(line.at(elapsed, read.consumed(), read.total()));
        }
    }

    /** Takes the line away: what is printed after this stands on a clean screen. */
    @Override
    public synchronized void close() {
        if (over.getCount() > 0) {
            over.countDown();
            write(line.end());
        }
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            err.print(text);
            err.flush();
        }
    }
}
