package dev.gatemend.cli;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.Looker;
import dev.gatemend.host.Observers;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A look at this host and the judgement of it, with where the time went.
 *
 * @param sight what was seen
 * @param judging how long the judging took
 */
record Examination(Report report, Looker.Sight sight, Duration judging) {
    /** Looks once and judges once. */
    static Examination of(LookRequest request) throws InterruptedException {
        long started = System.nanoTime();
        Looker looker = new Looker(Host.local(), Observers.all(), InstantSource.system());
        Looker.Sight sight = looker.look(request);
        long judged = System.nanoTime();
        var problems = new Diagnostician(Causes.all()).diagnose(sight.snapshot());
        long ended = System.nanoTime();
        return new Examination(
                Report.of(sight.snapshot(), Duration.ofNanos(ended - started), problems),
                sight,
                Duration.ofNanos(ended - judged));
    }
}
