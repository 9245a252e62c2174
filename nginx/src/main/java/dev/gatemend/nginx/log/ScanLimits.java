package dev.gatemend.nginx.log;

import java.util.function.BooleanSupplier;

/**
 * How much of a log may be read. What is left out is said in {@link LogFindings#notes}.
 *
 * @param bytes of the window at most; when it holds more, the newest are read
 * @param stop asked every quarter of a megabyte; true ends the reading with what was found
 */
public record ScanLimits(long bytes, BooleanSupplier stop) {
    public ScanLimits {
        if (bytes < 1) {
            throw new IllegalArgumentException("a scan reads something: " + bytes);
        }
    }

    /** A quarter of a second's worth on one core of a small machine: 64 MB of errors. */
    public static ScanLimits forErrors() {
        return new ScanLimits(64L << 20, () -> false);
    }

    /** Likewise, 256 MB of accesses. */
    public static ScanLimits forAccesses() {
        return new ScanLimits(256L << 20, () -> false);
    }

    public ScanLimits stoppedBy(BooleanSupplier condition) {
        return new ScanLimits(bytes, condition);
    }
}
