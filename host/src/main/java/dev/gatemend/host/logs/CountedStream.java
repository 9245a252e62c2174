package dev.gatemend.host.logs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which is told how much was read. */
final class CountedStream extends FilterInputStream {
    private final ReadBytes count;
    private boolean ended;

    CountedStream(InputStream stream, ReadBytes count) {
        super(stream);
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        counted(read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return counted(in.read(buffer, offset, length));
    }

    /**
     * At least 1 until the end was seen: {@link java.util.zip.GZIPInputStream} takes 0 for the end,
     * and would leave out what is packed behind, and a pipe says 0 whenever its writer is slow.
     */
    @Override
    public int available() throws IOException {
        return ended ? 0 : Math.max(1, in.available());
    }

    private int counted(int read) {
        ended |= read < 0;
        count.read(Math.max(0, read));
        return read;
    }
}
