package dev.gatemend.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The status page of a PHP-FPM pool, asked over FastCGI ({@code pm.status_path}; fields as in
 * php-src/sapi/fpm/fpm/fpm_status.c).
 *
 * @param pool its name
 * @param listens its address, as in {@link KeptProgram#listens}
 * @param separate asked at a listener of its own ({@code pm.status_listen}), which answers while
 *     all children are busy
 * @param took until the answer came, or how long it was waited for in vain
 * @param children what it said; empty when no answer came, because no child took the request
 */
public record PoolStatus(
        String pool, String listens, boolean separate, Duration took, Optional<Children> children)
        implements Fact {
    /**
     * The children that serve requests; one of them answered, unless a separate listener did.
     *
     * @param active now
     * @param idle now
     * @param waiting connections in the accept queue; 0 where the kernel does not tell
     * @param limitReached how often all that may be were there and one more was needed
     */
    public record Children(long active, long idle, long waiting, long limitReached) {}
}
