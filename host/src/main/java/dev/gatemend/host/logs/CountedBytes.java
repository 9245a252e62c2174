package dev.gatemend.host.logs;

import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;

/** Bytes of a log, of which is told how many were read. */
record CountedBytes(LogBytes bytes, ReadBytes count) implements LogBytes {
    @Override
    public long size() throws IOException {
        return bytes.size();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws IOException {
        int read = bytes.read(position, buffer, offset, length);
        count.read(Math.max(0, read));
        return read;
    }
}
