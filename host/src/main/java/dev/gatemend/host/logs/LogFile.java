package dev.gatemend.host.logs;

import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open log, read in place however big it is; by several threads at once. It is not mapped: a
 * file that is cut while it is mapped ends the process.
 */
public final class LogFile implements LogBytes, AutoCloseable {
    /**
     * What one call of the system brings. The JDK keeps a buffer of this size for each thread
     * outside of the heap and copies from there; at this size it stays in the processor's cache,
     * and the copy costs a fifth of what the kernel's does.
     */
    private static final int STRIDE = 256 << 10;

    private final FileChannel channel;
    private final long start;

    private LogFile(FileChannel channel, long start) {
        this.channel = channel;
        this.start = start;
    }

    /** Opens a regular file. */
    public static LogFile open(Path path) throws IOException {
        return new LogFile(FileChannel.open(path, StandardOpenOption.READ), 0);
    }

    /**
     * Reads what another opened, from where that one stopped.
     *
     * @param channel of a regular file; closed with this
     */
    static LogFile from(FileChannel channel) throws IOException {
        return new LogFile(channel, channel.position());
    }

    @Override
    public long size() throws IOException {
        return Math.max(0, channel.size() - start);
    }

    /** Reads as much as is asked for and there. */
    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int wanted = Math.min(STRIDE, length - done);
            ByteBuffer target = ByteBuffer.wrap(buffer, offset + done, wanted);
            int read = channel.read(target, start + position + done);
            if (read <= 0) {
                return done > 0 ? done : read;
            }
            done += read;
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
