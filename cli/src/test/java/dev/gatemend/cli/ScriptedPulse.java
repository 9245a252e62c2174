package dev.gatemend.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A clock that moves only when somebody rests, and does what is written down meanwhile. */
final class ScriptedPulse implements Pulse {
    static final Duration PACE = Duration.ofMillis(200);

    /** Rests until whatever was written has been read and judged. */
    private static final int LONG_ENOUGH = 16;

    private final Deque<Step> steps = new ArrayDeque<>();
    private Instant now;

    ScriptedPulse(Instant start) {
        now = start;
    }

    /** Something that happens to logs. */
    @FunctionalInterface
    interface Step {
        void happen() throws Exception;
    }

    /** Happens at the next rest. */
    ScriptedPulse then(Step step) {
        steps.add(step);
        return this;
    }

    /** Happens when all before it has been judged. */
    ScriptedPulse later(Step step) {
        for (int i = 0; i < LONG_ENOUGH; i++) {
            steps.add(() -> {});
        }
        return then(step);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void rest() {
        now = now.plus(PACE);
        try {
            steps.remove().happen();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isOver() {
        return steps.isEmpty();
    }
}
