package dev.gatemend.cli;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.Looker;
import dev.gatemend.host.Observers;
import dev.gatemend.model.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * A look at a host and the judgement of it, with where the time went.
 *
 * @param looking how long each observer took; empty for what was seen before
 * @param judging how long the judging took
 */
record Examination(Report report, Map<String, Duration> looking, Duration judging) {
    /** Looks at this host once and judges once. */
    static Examination of(LookRequest request, Discretion discretion) throws InterruptedException {
        long started = System.nanoTime();
        Looker.Sight sight = look(request);
        return judge(discretion.of(sight.snapshot()), sight.took(), started);
    }

    /** Judges what was seen before. */
    static Examination of(Snapshot seen) {
        return judge(seen, Map.of(), System.nanoTime());
    }

    /** Looks at this host once. */
    static Looker.Sight look(LookRequest request) throws InterruptedException {
        return new Looker(Host.local(), Observers.all(), InstantSource.system()).look(request);
    }

    private static Examination judge(
            Snapshot snapshot, Map<String, Duration> looking, long started) {
        long judged = System.nanoTime();
        var problems = new Diagnostician(Causes.all()).diagnose(snapshot);
        long ended = System.nanoTime();
        return new Examination(
                Report.of(snapshot, Duration.ofNanos(ended - started), problems),
                looking,
                Duration.ofNanos(ended - judged));
    }
}
