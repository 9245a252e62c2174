package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.HeldBytes;
import dev.gatemend.nginx.log.LogZone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;

/**
 * The zone of the error logs' times. Where nothing told it at the beginning, the first lines of an
 * access log do: one nginx writes both. Not thread-safe.
 */
final class LiveZone {
    private ZoneId zone;
    private boolean known;

    /**
     * @param known it is not to be doubted
     */
    LiveZone(ZoneId zone, boolean known) {
        this.zone = zone;
        this.known = known;
    }

    ZoneId get() {
        return zone;
    }

    /** Takes some lines of an access log. */
    void learn(byte[] lines, List<AccessLogFormat> formats) {
        if (known) {
            return;
        }
        try {
            LogZone.of(new HeldBytes(lines), formats)
                    .ifPresent(
                            offset -> {
                                zone = offset;
                                known = true;
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
