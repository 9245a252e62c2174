package dev.gatemend.nginx.traffic;

import dev.gatemend.model.LogFormat;
import java.time.ZoneId;
import java.util.List;

/**
 * What to count, and how to read it.
 *
 * @param formats that access logs may have; without any they are inferred from the lines
 * @param zone of the error logs' times, which name none
 * @param workers threads that read at once, 1 to 64
 */
public record TrafficQuestion(
        List<LogFormat> formats, TrafficFilter filter, ZoneId zone, int workers) {
    public TrafficQuestion {
        formats = List.copyOf(formats);
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("workers: " + workers);
        }
    }
}
