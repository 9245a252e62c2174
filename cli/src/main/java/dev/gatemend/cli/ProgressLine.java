package dev.gatemend.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The line that tells how far a long reading has come, rewritten in place on a terminal. Pure: it
 * is told the time, and answers what to write.
 */
final class ProgressLine {
    /** What is over sooner needs no progress. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Back to the line's first column; erase to its end (ECMA-48: CR, EL). */
    private static final String ANEW = "\r\u001b[K";

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private boolean shown;

    /**
     * What to write now; empty before {@link #PATIENCE} is over.
     *
     * @param elapsed since the reading began
     * @param consumed bytes read; may exceed the total where some were read twice
     * @param total empty when nobody knows
     */
    String at(Duration elapsed, long consumed, OptionalLong total) {
        if (elapsed.compareTo(PATIENCE) < 0) {
            return "";
        }
        shown = true;
        return ANEW + text(elapsed, consumed, total);
    }

    /** What removes the line; empty when there is none. */
    String end() {
        return shown ? ANEW : "";
    }

    /** At most some 60 columns, so that it never wraps. */
    private static String text(Duration elapsed, long consumed, OptionalLong total) {
        double rate = consumed / Math.max(0.001, elapsed.toMillis() / 1_000.0);
        String speed = size(rate) + "/s";
        if (total.isEmpty() || total.getAsLong() == 0) {
            return "read %s, %s".formatted(size((double) consumed), speed);
        }
        long all = Math.max(total.getAsLong(), consumed);
        return "%d%% of %s, %s%s"
                .formatted(
                        (int) (100.0 * consumed / all),
                        size((double) all),
                        speed,
                        left(all - consumed, rate));
    }

    private static String left(long bytes, double rate) {
        if (rate < 1) {
            return "";
        }
        long seconds = (long) Math.ceil(bytes / rate);
        if (seconds < 60) {
            return ", " + seconds + " s left";
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? ", %d min %d s left".formatted(minutes, seconds % 60)
                : ", %d h %d min left".formatted(minutes / 60, minutes % 60);
    }

    /** In decimal units, as disks are sold: 1 kB is 1,000 bytes. */
    private static String size(double bytes) {
        double amount = bytes / 1_000;
        int unit = 0;
        while (amount >= 1_000 && unit < UNITS.length - 1) {
            amount /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
    }
}
