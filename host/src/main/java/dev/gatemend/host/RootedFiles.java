package dev.gatemend.host;

import dev.gatemend.nginx.config.ConfigurationFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration's files as a process with that root finds them: links lead on inside it. For one
 * thread, for one reading.
 */
final class RootedFiles implements ConfigurationFiles {
    /** Entries of one directory; an include glob over more is none that nginx starts with. */
    private static final int MOST_ENTRIES = 200_000;

    private final Path root;
    private final Map<String, String> realDirectories = new HashMap<>();

    /**
     * The files below a root.
     *
     * @param root {@code /proc/PID/root}, or the host's
     */
    RootedFiles(Path root) {
        this.root = root;
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        Path file = real(path);
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(
                    attributes.isDirectory() ? "is a directory" : "is not a regular file");
        }
        try (InputStream stream =
                Channels.newInputStream(
                        Files.newByteChannel(
                                file,
                                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            byte[] bytes = stream.readNBytes(limit);
            if (bytes.length == limit && stream.read() >= 0) {
                throw new IOException("is larger than " + limit + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real(directory))) {
            for (Path entry : entries) {
                if (names.size() == MOST_ENTRIES) {
                    throw new IOException("more than " + MOST_ENTRIES + " entries");
                }
                names.add(entry.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** As glob(3) asks: a link that leads nowhere stands there too. */
    @Override
    public boolean exists(String path) {
        try {
            return Files.exists(inRealDirectory(path), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<Instant> modified(String path) {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(real(path), LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path real(String path) throws IOException {
        Path file = inRealDirectory(path);
        return Files.isSymbolicLink(file) ? below(RootedPath.real(root, path)) : file;
    }

    /** Thousands of files of one directory would each walk the same way to it. */
    private Path inRealDirectory(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (slash < 0 || name.isEmpty() || name.equals(".") || name.equals("..")) {
            return below(RootedPath.real(root, path));
        }
        String directory = path.substring(0, slash + 1);
        String known = realDirectories.get(directory);
        if (known == null) {
            known = RootedPath.real(root, directory);
            realDirectories.put(directory, known);
        }
        return below(known + "/" + name);
    }

    private Path below(String absolute) throws IOException {
        try {
            String relative = absolute.replaceAll("^/+", "");
            return relative.isEmpty() ? root : root.resolve(relative);
        } catch (InvalidPathException e) {
            throw new IOException("its name cannot be spelled in this locale", e);
        }
    }
}
