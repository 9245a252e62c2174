package dev.gatemend.nginx.log;

import java.io.IOException;
import java.util.List;

/** Finds where in a log that is sorted by time the reading must begin. */
public final class LogStart {
    /** Lines this much out of order are still found, milliseconds. */
    public static final long DISORDER = 120_000;

    private LogStart() {}

    /**
     * By bisection: reads some twenty pieces of the log, whatever its size.
     *
     * @param formats of its lines
     * @param from milliseconds since the epoch
     * @return where a line begins, at or before the first line of that time; 0 when the lines have
     *     no times
     */
    public static long of(LogBytes bytes, List<AccessLogFormat> formats, long from)
            throws IOException {
        AccessLine line = new AccessLine();
        LineTime time =
                (buffer, begin, end) -> {
                    for (AccessLogFormat format : formats) {
                        if (format.parse(buffer, begin, end, line)) {
                            return line.millis();
                        }
                    }
                    return AccessTime.NONE;
                };
        return new WindowStart(bytes, time, bytes.size())
                .find(from - DISORDER, Long.MAX_VALUE - DISORDER);
    }
}
