package dev.gatemend.host;

import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open log, read in place however big it is. */
final class LogFile implements LogBytes, AutoCloseable {
    private final FileChannel channel;

    private LogFile(FileChannel channel) {
        this.channel = channel;
    }

    static LogFile open(Path path) throws IOException {
        return new LogFile(FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer, offset, length), position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
