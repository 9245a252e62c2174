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
 * @param detail how much of lines that are not asked for
 */
public record TrafficQuestion(
        List<LogFormat> formats, TrafficFilter filter, ZoneId zone, int workers, Detail detail) {
    public TrafficQuestion {
        formats = List.copyOf(formats);
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("workers: " + workers);
        }
    }

    /** One that reads everything. */
    public TrafficQuestion(
            List<LogFormat> formats, TrafficFilter filter, ZoneId zone, int workers) {
        this(formats, filter, zone, workers, Detail.EVERYTHING);
    }

    /** What becomes of lines that the filter leaves out. */
    public enum Detail {
        /** They are read, so that those that fit no format are told. */
        EVERYTHING,
        /** They are passed over where a glance shows that their status is another. */
        MATCHING
    }
}
