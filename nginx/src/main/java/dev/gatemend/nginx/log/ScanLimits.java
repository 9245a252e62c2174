package dev.gatemend.nginx.log;

import java.util.function.BooleanSupplier;

/**
 * How much of a log may be read. What is left out is said in {@link LogFindings#notes}.
 *
 * @param bytes of the window at most; when it holds more, its beginning and its end are read
 * @param stop asked every quarter of a megabyte; true ends the reading with what was found
 */
public record ScanLimits(long bytes, BooleanSupplier stop) {
    public ScanLimits {
        if (bytes < 1) {
            throw new IllegalArgumentException("a scan reads something: " + bytes);
        }
    }

    /** 24 MB, a hundred thousand entries: half a second of a JVM that has just started. */
    public static ScanLimits forErrors() {
        return new ScanLimits(24L << 20, () -> false);
    }

    /** 128 MB, half a million requests: likewise. */
    public static ScanLimits forAccesses() {
        return new ScanLimits(128L << 20, () -> false);
    }

    public ScanLimits stoppedBy(BooleanSupplier condition) {
        return new ScanLimits(bytes, condition);
    }
}
