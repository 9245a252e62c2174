package dev.gatemend.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for a state of the world by asking for it again and again. */
final class Await {
    /** Generous: a loaded machine with two cores starts an interpreter in a second or two. */
    static final Duration LONG = Duration.ofSeconds(15);

    private static final long POLL_MILLIS = 10;

    private Await() {}

    /** A question that may fail; a failure counts as no. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    /**
     * Returns as soon as the answer is yes.
     *
     * @param state what is waited for, as in "shop listens"
     * @throws IOException when it is still no after the limit
     */
    static void until(String state, Duration limit, Question question)
            throws IOException, InterruptedException {
        if (!within(limit, question)) {
            throw new IOException("waited in vain for " + limit.toSeconds() + " s until " + state);
        }
    }

    /** True as soon as the answer is yes, false when the limit passed. */
    static boolean within(Duration limit, Question question)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!question.ask()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }
}
