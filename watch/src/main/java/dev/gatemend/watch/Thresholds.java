package dev.gatemend.watch;

import java.time.Duration;

/**
 * When a place is really in trouble, and when it is well again. Counts, not rates: five requests a
 * minute have to do.
 *
 * @param run failures without an answer in between; two are no accident where little is asked
 * @param busyRun the same where requests come faster than {@code requests} in {@code busy}: there
 *     two in a row happen by chance
 * @param requests looked back at
 * @param share failures among those
 * @param busy time in which {@code requests} make a place busy
 * @param together failures further apart than this have nothing to do with each other
 * @param hidden failed attempts that retries hid, within {@code together}
 * @param wellRun answers without a failure in between
 * @param wellFor time without a failure that goes with them: a worker that is restarted answers a
 *     few before it fails again
 * @param quiet time without a failure, with any answer, that is enough by itself
 */
public record Thresholds(
        int run,
        int busyRun,
        int requests,
        int share,
        Duration busy,
        Duration together,
        int hidden,
        int wellRun,
        Duration wellFor,
        Duration quiet) {
    /** What is used where nobody says otherwise. */
    public static final Thresholds USUAL =
            new Thresholds(
                    2,
                    5,
                    20,
                    5,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    3,
                    5,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60));

    public Thresholds {
        if (run < 1
                || busyRun < run
                || share < 1
                || requests < share
                || hidden < 1
                || wellRun < 1) {
            throw new IllegalArgumentException("thresholds that make no sense together");
        }
    }
}
