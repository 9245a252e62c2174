package dev.gatemend.host.logs;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** How much of some logs was read, of packed ones in packed bytes. Safe for several threads. */
public final class ReadBytes {
    private final LongAdder consumed = new LongAdder();
    private final LongAdder total = new LongAdder();
    private volatile boolean endless;

    /** Bytes read so far; more than {@link #total} when something is read twice. */
    public long consumed() {
        return consumed.sum();
    }

    /** Bytes there were at the beginning; empty when a pipe is among them. */
    public OptionalLong total() {
        return endless ? OptionalLong.empty() : OptionalLong.of(total.sum());
    }

    void read(long bytes) {
        consumed.add(bytes);
    }

    void expect(long bytes) {
        total.add(bytes);
    }

    /** One of unknown length is among them. */
    void expectAnything() {
        endless = true;
    }
}
