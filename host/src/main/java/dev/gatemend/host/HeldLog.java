package dev.gatemend.host;

import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A log that came as a stream, of which the newest part is held. */
public final class HeldLog implements LogBytes {
    private static final int CHUNK = 1 << 20;
    private static final int MOST_CHUNKS = 64;

    /** A few kilobytes may unpack to this much; no log of a window is that long. */
    private static final int MOST_CHUNKS_READ = 1_024;

    private final List<byte[]> chunks;
    private final long size;
    private final boolean whole;

    private HeldLog(List<byte[]> chunks, long size, boolean whole) {
        this.chunks = chunks;
        this.size = size;
        this.whole = whole;
    }

    public static HeldLog of(byte[] bytes) {
        return new HeldLog(List.of(bytes), bytes.length, true);
    }

    /**
     * Reads a stream to its end, or until told to stop.
     *
     * @param stop asked every megabyte
     */
    static HeldLog of(InputStream stream, BooleanSupplier stop) throws IOException {
        Deque<byte[]> kept = new ArrayDeque<>();
        boolean whole = true;
        int read = 0;
        while (read < MOST_CHUNKS_READ && !stop.getAsBoolean()) {
            byte[] chunk = stream.readNBytes(CHUNK);
            if (chunk.length == 0) {
                return held(kept, whole);
            }
            read++;
            kept.addLast(chunk);
            if (kept.size() > MOST_CHUNKS) {
                kept.removeFirst();
                whole = false;
            }
        }
        return held(kept, false);
    }

    private static HeldLog held(Deque<byte[]> kept, boolean whole) {
        List<byte[]> chunks = new ArrayList<>(kept);
        long size = chunks.stream().mapToLong(c -> c.length).sum();
        return new HeldLog(chunks, size, whole);
    }

    /** Whether nothing of the stream is missing. */
    boolean whole() {
        return whole;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
        long skip = position;
        for (byte[] chunk : chunks) {
            if (skip < chunk.length) {
                int count = Math.min(length, chunk.length - (int) skip);
                System.arraycopy(chunk, (int) skip, buffer, offset, count);
                return count;
            }
            skip -= chunk.length;
        }
        return -1;
    }
}
