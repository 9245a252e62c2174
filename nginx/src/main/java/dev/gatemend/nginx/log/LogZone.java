package dev.gatemend.nginx.log;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The zone an nginx writes its times in. Its error log does not say, but the access log of the same
 * nginx does: both are told by one clock (ngx_times.c), in the zone of the TZ it was started with,
 * or that the host had then.
 */
public final class LogZone {
    /** The newest lines are enough: one that fits is. */
    private static final long TAIL = 64L << 10;

    private LogZone() {}

    /**
     * What the newest line with a local time says; empty when no line at the end has one.
     *
     * @param formats that are written to this access log
     * @throws IOException when the bytes cannot be read
     */
    public static Optional<ZoneOffset> of(LogBytes access, List<AccessLogFormat> formats)
            throws IOException {
        long size = access.size();
        AccessLine line = new AccessLine();
        ZoneOffset[] newest = {null};
        new WindowLines(access, ScanLimits.forAccesses())
                .read(
                        Math.max(0, size - TAIL),
                        size,
                        (buffer, from, to, _) -> {
                            for (AccessLogFormat format : formats) {
                                if (format.parse(buffer, from, to, line)) {
                                    line.offset().ifPresent(offset -> newest[0] = offset);
                                    break;
                                }
                            }
                            return true;
                        });
        return Optional.ofNullable(newest[0]);
    }
}
