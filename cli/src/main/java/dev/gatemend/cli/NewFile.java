package dev.gatemend.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** A file that is there as a whole or not at all, and that only its owner may read. */
final class NewFile {
    static final String FORCE = "--force";

    private NewFile() {}

    /** What is to stand in it. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Says early what {@link #write} would say late.
     *
     * @throws UsageException when it cannot be there
     */
    static void check(Path file, boolean replace) {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ": is a directory");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!replace) {
                throw new UsageException(file + ": is there already; " + FORCE + " replaces it");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UsageException(file + ": is not a regular file");
            }
        }
        if (!Files.isDirectory(directory(file))) {
            throw new UsageException(directory(file) + ": is no directory");
        }
    }

    /**
     * Writes beside the place first, onto the disk, and only then there.
     *
     * @param replace what stands there
     * @throws UsageException when it cannot be written; then nothing is left of it
     */
    static void write(Path file, boolean replace, Content content) {
        check(file, replace);
        try {
            Path beside = beside(file);
            try {
                fill(beside, content);
                move(beside, file, replace);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be written: " + why(e), e);
        }
    }

    /** What happened, without the path that the JDK's exceptions carry. */
    static String why(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case NotDirectoryException _ -> "not a directory";
            case FileAlreadyExistsException _ -> "it is there already";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static Path beside(Path file) throws IOException {
        Path beside =
                Files.createTempFile(
                        directory(file),
                        ".gatemend-",
                        ".part",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        beside.toFile().deleteOnExit();
        return beside;
    }

    private static void fill(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void move(Path from, Path to, boolean replace) throws IOException {
        if (replace) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(from, to);
        }
    }

    private static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "checked: no directory");
    }
}
