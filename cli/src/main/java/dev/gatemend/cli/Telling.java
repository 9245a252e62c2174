package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.LiveTraffic;
import dev.gatemend.nginx.traffic.TrafficEvent;
import java.time.Instant;
import java.time.ZoneId;

/** Tells somebody what goes wrong while logs are followed. */
interface Telling {
    /**
     * @param zone of the logs
     */
    void event(TrafficEvent event, ZoneId zone, Instant now);

    /** A round is over: what was told is to be seen now. */
    void round(LiveTraffic.Glance glance, Instant now);

    /** Before something else is written to the same screen. */
    void clear();

    /** There will be no more. */
    void end();
}
