package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.LiveTraffic;
import dev.gatemend.nginx.traffic.TrafficEvent;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.UnaryOperator;

/** For programs: every event, one object a line, as it happens. */
record JsonTelling(PrintStream out, UnaryOperator<String> redaction) implements Telling {
    @Override
    public void event(TrafficEvent event, ZoneId zone, Instant now) {
        out.println(EventJson.of(EventRewriting.of(event, redaction)));
    }

    @Override
    public void round(LiveTraffic.Glance glance, Instant now) {
        out.flush();
    }

    @Override
    public void clear() {
        // Standard output is all its own.
    }

    @Override
    public void end() {
        out.flush();
    }
}
