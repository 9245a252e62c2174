package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import java.util.Optional;

/**
 * What an access line alone says about who made a 5xx. {@code $upstream_status} does not: nginx
 * writes 502 and 504 there for attempts that failed without any answer
 * (ngx_http_upstream_finalize_request). {@code $upstream_header_time} is a number only where a
 * response header came through.
 */
final class MakerEvidence {
    private MakerEvidence() {}

    /** Empty when the line does not tell, or when it is about no failure. */
    static Optional<Maker> of(AccessLine line, int status, int[] statuses) {
        if (status < 500) {
            return Optional.empty();
        }
        if (isCached(line)) {
            return Optional.of(Maker.UPSTREAM);
        }
        if (isDash(line, AccessVariable.UPSTREAM_ADDR)) {
            return Optional.of(Maker.NGINX);
        }
        return header(line).map(came -> came ? passedOn(status, statuses) : Maker.NGINX);
    }

    /** What {@link #of} looks at, as a number: lines that differ in it end differently. */
    static int signature(AccessLine line) {
        int header = header(line).map(came -> came ? 2 : 1).orElse(0);
        return header * 2 + (isCached(line) ? 1 : 0);
    }

    /**
     * The upstream answered. When it did so with something else than a failure, the failure came
     * after it: an X-Accel-Redirect that leads nowhere, a response that could not be stored.
     */
    private static Maker passedOn(int status, int[] statuses) {
        int last = statuses.length == 0 ? status : statuses[statuses.length - 1];
        return last >= 500 || last == 0 ? Maker.UPSTREAM : Maker.NGINX;
    }

    private static Optional<Boolean> header(AccessLine line) {
        if (line.has(AccessVariable.UPSTREAM_HEADER_TIME)) {
            return Optional.of(line.endsWithNumber(AccessVariable.UPSTREAM_HEADER_TIME));
        }
        // a body came, so a header did; without one nothing follows
        if (isPositive(line, AccessVariable.UPSTREAM_RESPONSE_LENGTH)) {
            return Optional.of(true);
        }
        boolean silent =
                line.has(AccessVariable.UPSTREAM_BYTES_RECEIVED)
                        && !isPositive(line, AccessVariable.UPSTREAM_BYTES_RECEIVED);
        return silent ? Optional.of(false) : Optional.empty();
    }

    /** A number other than 0 ends the list. */
    private static boolean isPositive(AccessLine line, AccessVariable variable) {
        if (!line.endsWithNumber(variable)) {
            return false;
        }
        byte[] buffer = line.buffer();
        for (int i = line.end(variable) - 1; i >= line.start(variable) && isDigit(buffer[i]); i--) {
            if (buffer[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isDash(AccessLine line, AccessVariable variable) {
        int start = line.start(variable);
        int length = line.end(variable) - start;
        return start >= 0 && (length == 0 || (length == 1 && line.buffer()[start] == '-'));
    }

    /**
     * HIT, STALE, UPDATING and REVALIDATED are answers kept from an upstream; MISS and others are
     * not.
     */
    private static boolean isCached(AccessLine line) {
        int start = line.start(AccessVariable.UPSTREAM_CACHE_STATUS);
        if (start < 0 || line.end(AccessVariable.UPSTREAM_CACHE_STATUS) == start) {
            return false;
        }
        byte first = line.buffer()[start];
        return first == 'H' || first == 'S' || first == 'U' || first == 'R';
    }
}
