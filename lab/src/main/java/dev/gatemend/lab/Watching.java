package dev.gatemend.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Follows a fault, from before it is made until clients are served steadily again. */
final class Watching {
    /** Asking systemd costs more than a request does, and nobody restarts more often for long. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final FaultScene scene;
    private final OutageMeter meter;

    /**
     * Begins while all is well.
     *
     * @param bound after which an outage is followed no longer
     */
    Watching(FaultScene scene, Duration bound) {
        this.scene = scene;
        this.meter = new OutageMeter(bound);
    }

    /** One request and the pause after it. */
    void askOnce() throws IOException, InterruptedException {
        Duration at = scene.now();
        meter.saw(at, scene.ask());
        scene.pause();
    }

    /**
     * Follows it from the moment it is made.
     *
     * @param restarts knows how all was when it was made
     * @param mendedByRestarting the units whose restart mends it
     */
    Aftermath follow(Watcher watcher, Restarts restarts, List<String> mendedByRestarting)
            throws IOException, InterruptedException {
        meter.isBroken(scene.now());
        Duration looked = scene.now();
        while (!meter.isOver(scene.now())) {
            askOnce();
            if (scene.now().minus(looked).compareTo(BETWEEN_LOOKS) >= 0) {
                looked = scene.now();
                restarts.saw(scene.units());
            }
        }
        restarts.saw(scene.units());
        return Aftermath.of(
                watcher, meter.outage(scene.now()), restarts.counts(), mendedByRestarting);
    }
}
