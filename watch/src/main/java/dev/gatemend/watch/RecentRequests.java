package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;

/** How the last requests to a place ended. Not thread-safe. */
final class RecentRequests {
    private final Thresholds thresholds;
    private final Instant[] at;
    private final boolean[] failed;
    private int next;
    private int size;
    private int run;
    private Instant lastFailure = Instant.MIN;
    private int wellRun;

    RecentRequests(Thresholds thresholds) {
        this.thresholds = thresholds;
        this.at = new Instant[thresholds.requests()];
        this.failed = new boolean[thresholds.requests()];
    }

    void add(boolean isFailure, Instant now) {
        if (isFailure) {
            run = isTogether(lastFailure, now) ? run + 1 : 1;
            wellRun = 0;
            lastFailure = now;
        } else {
            run = 0;
            wellRun++;
        }
        at[next] = now;
        failed[next] = isFailure;
        next = (next + 1) % at.length;
        size = Math.min(size + 1, at.length);
    }

    /** Failures without an answer in between. */
    int run() {
        return run;
    }

    /** Answers without a failure in between. */
    int wellRun() {
        return wellRun;
    }

    /** Failures among the last requests, those too long ago left out. */
    int failures(Instant now) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += failed[i] && isTogether(at[i], now) ? 1 : 0;
        }
        return count;
    }

    int size() {
        return size;
    }

    /** They come so fast that two failures in a row may be chance. */
    boolean isBusy(Instant now) {
        return size == at.length && at[next].plus(thresholds.busy()).isAfter(now);
    }

    private boolean isTogether(Instant earlier, Instant now) {
        return !earlier.equals(Instant.MIN)
                && Duration.between(earlier, now).compareTo(thresholds.together()) <= 0;
    }
}
