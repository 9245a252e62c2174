package dev.gatemend.host;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Runs every observer once on this machine and prints a line a fact: its kind, or why an observer
 * could not look. For tests that need a process of its own for that.
 */
final class LookOnce {
    private LookOnce() {}

    public static void main(String[] arguments) throws InterruptedException {
        LookRequest request =
                new LookRequest(
                        Window.endingAt(Instant.now(), Duration.ofMinutes(15)),
                        ZoneOffset.UTC,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Snapshot snapshot =
                new Looker(Host.local(), Observers.all(), InstantSource.system())
                        .look(request)
                        .snapshot();
        snapshot.observations().forEach(o -> print(o.source().name(), o.fact()));
    }

    private static void print(String observer, Fact fact) {
        String what =
                fact instanceof CouldNotLook couldNot
                        ? "could not look: " + couldNot.why()
                        : fact.getClass().getSimpleName();
        System.out.println(observer + " " + what.replace('\n', ' '));
    }
}
