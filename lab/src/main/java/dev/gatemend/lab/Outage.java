package dev.gatemend.lab;

import java.time.Duration;

/**
 * How long clients went without answers.
 *
 * @param length from the first request that failed to the first of those that succeeded steadily;
 *     as far as it was followed when it was not over then
 * @param over they succeeded steadily in the end
 * @param asked how many requests there were from the first that failed on
 * @param failed how many of those failed
 */
public record Outage(Duration length, boolean over, int asked, int failed) {
    /** No request failed. */
    static final Outage NONE = new Outage(Duration.ZERO, true, 0, 0);
}
