package dev.gatemend.nginx.log;

import java.io.IOException;

/**
 * The bytes of a log that somebody else opened. It may grow while it is read; it is never written.
 */
public interface LogBytes {
    /** Number of bytes at this moment. */
    long size() throws IOException;

    /**
     * Reads some bytes at a position, as {@link
     * java.nio.channels.FileChannel#read(java.nio.ByteBuffer, long)} does.
     *
     * @return how many, at least 1; -1 at or behind the end
     */
    int read(long position, byte[] buffer, int offset, int length) throws IOException;
}
