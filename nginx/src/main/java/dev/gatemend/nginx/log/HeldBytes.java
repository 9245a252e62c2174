package dev.gatemend.nginx.log;

/** A log whose bytes are in memory, whole. The array must not change. Immutable otherwise. */
public final class HeldBytes implements LogBytes {
    private final byte[] bytes;

    public HeldBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
        int count = (int) Math.min(length, bytes.length - position);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, (int) position, buffer, offset, count);
        return count;
    }
}
