package dev.gatemend.host;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the kernel's ring buffer as syslog(2) hands it out: {@code <4>[ 12.345678] text}.
 *
 * @param sinceBoot the kernel's stamp
 * @param text at most 1,024 characters of it
 */
record KernelLine(Duration sinceBoot, String text) {
    private static final int LONGEST = 1_024;

    /** The caller's id, {@code [ T123]}, stands there on kernels built to print it. */
    private static final Pattern STAMP =
            Pattern.compile(
                    "(?:<\\d{1,4}>)?\\[ {0,10}(\\d{1,10})\\.(\\d{6})\\](?:\\[ {0,10}[TC]\\d{1,10}\\])? ");

    /** Empty for a line without a stamp: a kernel told not to print times. */
    static Optional<KernelLine> of(String line) {
        Matcher stamp = STAMP.matcher(line);
        if (!stamp.lookingAt()) {
            return Optional.empty();
        }
        Duration since =
                Duration.ofSeconds(Long.parseLong(stamp.group(1)))
                        .plusNanos(Long.parseLong(stamp.group(2)) * 1_000);
        int end = Math.min(line.length(), stamp.end() + LONGEST);
        return Optional.of(new KernelLine(since, line.substring(stamp.end(), end)));
    }
}
