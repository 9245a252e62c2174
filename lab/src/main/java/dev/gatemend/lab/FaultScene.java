package dev.gatemend.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A host on which something breaks, as clients and systemd show it. */
interface FaultScene {
    /** Since any moment before; it only grows. */
    Duration now();

    /** A client asks once; true when it gets what it gets when all is well. */
    boolean ask() throws IOException, InterruptedException;

    /** What systemd says of all units. */
    List<UnitLife> units() throws IOException, InterruptedException;

    /** Until the next request. */
    void pause() throws InterruptedException;
}
