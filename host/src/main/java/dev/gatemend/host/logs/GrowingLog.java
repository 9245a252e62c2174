package dev.gatemend.host.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * What is appended to a log, through its rotations: renamed ones are read to their end first, those
 * that are cut in place (logrotate's {@code copytruncate}) from their new beginning. Nothing is
 * read twice; lost is only what was cut off before it was seen. It waits for nothing: somebody asks
 * again and again. Belongs to one thread.
 */
public final class GrowingLog implements Closeable {
    /**
     * nginx writes on to a renamed log until it is told to reopen, and its workers follow one after
     * the other: so often nothing more must come. At four times a second that is a second.
     */
    static final int QUIET_ENOUGH = 4;

    /**
     * Rotations that may wait to be read; a log that rotates faster than it is read is an error.
     */
    private static final int MOST_WAITING = 64;

    /** What stands before the position is remembered, to see that it is still the same log. */
    private static final int MEMORY = 64;

    private final Path path;
    private final Deque<Part> parts = new ArrayDeque<>();
    private byte[] before = {};
    private long position;
    private int quiet;
    private boolean torn;

    /** An open file that had the name at some time. */
    private record Part(FileChannel channel, Object key) {}

    private GrowingLog(Path path, long position) {
        this.path = path;
        this.position = position;
    }

    /**
     * Opens what has the name now.
     *
     * @param position where to begin, at most the file's size: what stands before was read already
     */
    public static GrowingLog open(Path path, long position) throws IOException {
        GrowingLog log = new GrowingLog(path, position);
        Part first = part(path);
        log.parts.add(first);
        log.remember(first);
        return log;
    }

    /**
     * Reads what has come since.
     *
     * @param length at least 1
     * @return how many bytes; 0 when nothing has come
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        look();
        Part part = parts.getFirst();
        int read = readFrom(part, buffer, offset, length);
        if (read > 0) {
            quiet = 0;
            return read;
        }
        quiet++;
        if (!isOver()) {
            return 0;
        }
        return next(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.channel().close();
        }
    }

    /** A new file under the name is opened at once: it may be renamed, too. */
    private void look() throws IOException {
        Optional<Object> key = key(path);
        if (key.isEmpty() || key.get().equals(parts.getLast().key())) {
            return;
        }
        if (parts.size() >= MOST_WAITING) {
            throw new IOException("rotates faster than it can be read");
        }
        try {
            parts.add(part(path));
        } catch (NoSuchFileException e) {
            // Renamed again between two looks: the next one sees what follows.
            return;
        }
    }

    private boolean isOver() throws IOException {
        if (parts.size() < 2 || quiet < QUIET_ENOUGH) {
            return false;
        }
        Part successor = parts.stream().skip(1).findFirst().orElseThrow();
        return successor.channel().size() > 0 || parts.size() > 2;
    }

    /** Goes on to the next file; a line that the old one broke off is ended. */
    private int next(byte[] buffer, int offset, int length) throws IOException {
        parts.removeFirst().channel().close();
        position = 0;
        before = new byte[0];
        quiet = 0;
        if (torn) {
            torn = false;
            buffer[offset] = '\n';
            return 1;
        }
        return readFrom(parts.getFirst(), buffer, offset, length);
    }

    private int readFrom(Part part, byte[] buffer, int offset, int length) throws IOException {
        if (part.channel().size() < position || !isSame(part)) {
            position = 0;
            before = new byte[0];
        }
        int read = part.channel().read(ByteBuffer.wrap(buffer, offset, length), position);
        if (read <= 0) {
            return 0;
        }
        position += read;
        torn = buffer[offset + read - 1] != '\n';
        remember(part);
        return read;
    }

    /**
     * Cut and grown again beyond the position within one pause: then other bytes stand before it.
     */
    private boolean isSame(Part part) throws IOException {
        return Arrays.equals(before, standingBefore(part));
    }

    private void remember(Part part) throws IOException {
        before = standingBefore(part);
    }

    private byte[] standingBefore(Part part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MEMORY, position));
        int read = part.channel().read(bytes, position - bytes.capacity());
        return Arrays.copyOf(bytes.array(), Math.max(0, read));
    }

    private static Part part(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        // By the name, for want of fstat: when it is another file by now, the next look sees that.
        Optional<Object> key = key(path);
        return new Part(channel, key.orElse(channel));
    }

    private static Optional<Object> key(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
