package dev.gatemend.nginx.log;

import java.nio.charset.StandardCharsets;

/** A log in memory that counts what was read of it. */
final class MemoryLog implements LogBytes {
    private final byte[] bytes;
    private long bytesRead;

    MemoryLog(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemoryLog of(String text) {
        return new MemoryLog(text.getBytes(StandardCharsets.UTF_8));
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - position);
        System.arraycopy(bytes, (int) position, buffer, offset, count);
        bytesRead += count;
        return count;
    }
}
