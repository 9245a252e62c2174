package dev.gatemend.host.logs;

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
 * read twice; lost is only what was cut off before it was seen. A log that is deleted is read on
 * where it is written on, until another has its name. It waits for nothing: somebody asks again and
 * again. Belongs to one thread.
 */
public final class GrowingLog implements GrowingInput {
    /**
     * nginx writes on to a renamed log until it is told to reopen, and its workers follow one after
     * the other: so often nothing more must come. At four times a second that is a second.
     */
    static final int QUIET_ENOUGH = 4;

    /**
     * Rotations that may wait to be read; a log that rotates faster than it is read is an error.
     */
    private static final int MOST_WAITING = 64;

    /** A name is not renamed between two calls of the system again and again. */
    private static final int TRIES = 5;

    /** What stands before the position is remembered, to see that it is still the same log. */
    private static final int MEMORY = 64;

    private final Path path;
    private final Deque<Part> parts = new ArrayDeque<>();
    private byte[] before = {};
    private long position;
    private int quiet;
    private boolean torn;
    private boolean ending;
    private Optional<IOException> problem = Optional.empty();

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

    /** Waits for a file that has the name some day, and reads it from its beginning. */
    public static GrowingLog awaited(Path path) {
        return new GrowingLog(path, 0);
    }

    /**
     * What there is now, to be read in place; empty when there is nothing yet. Not to be closed.
     */
    public Optional<LogFile> file() throws IOException {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(LogFile.from(parts.getFirst().channel()));
    }

    /**
     * Goes to another place of what there is now.
     *
     * @param to where to read on, at most the file's size
     */
    public void seek(long to) throws IOException {
        position = to;
        torn = false;
        remember(parts.getFirst());
    }

    /**
     * Reads what has come since.
     *
     * @param length at least 1
     * @return how many bytes; 0 when nothing has come
     */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        look();
        if (parts.isEmpty()) {
            return 0;
        }
        int read = readFrom(parts.getFirst(), buffer, offset, length);
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
    public void end() {
        ending = true;
    }

    @Override
    public Optional<IOException> problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.channel().close();
        }
    }

    /**
     * A new file under the name is opened at once: it may be renamed, too. One that cannot be
     * opened keeps nobody from reading the old one to its end.
     */
    private void look() throws IOException {
        try {
            Optional<Object> key = key(path);
            if (key.isPresent() && (parts.isEmpty() || !key.get().equals(parts.getLast().key()))) {
                if (parts.size() >= MOST_WAITING) {
                    throw new IOException("rotates faster than it can be read");
                }
                parts.add(part(path));
            }
            problem = Optional.empty();
        } catch (NoSuchFileException e) {
            // Renamed again between two looks: the next one sees what follows.
            return;
        } catch (IOException e) {
            problem = Optional.of(e);
        }
    }

    private boolean isOver() throws IOException {
        if (parts.size() < 2 || (quiet < QUIET_ENOUGH && !ending)) {
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
        return torn ? endLine(buffer, offset) : readFrom(parts.getFirst(), buffer, offset, length);
    }

    private int endLine(byte[] buffer, int offset) {
        torn = false;
        buffer[offset] = '\n';
        return 1;
    }

    private int readFrom(Part part, byte[] buffer, int offset, int length) throws IOException {
        if (part.channel().size() < position || !isSame(part)) {
            position = 0;
            before = new byte[0];
            if (torn) {
                return endLine(buffer, offset);
            }
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

    /** For want of fstat the name is asked before and after: both times it must be one file. */
    private static Part part(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<Object> key = key(path);
            if (key.isPresent() && FileKind.of(path) != FileKind.REGULAR) {
                throw new IOException("is no regular file");
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            if (key.isPresent() && key.equals(key(path))) {
                return new Part(channel, key.get());
            }
            channel.close();
        }
        throw new NoSuchFileException(path.toString());
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
