package dev.gatemend.nginx.config;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files a configuration is read from: a host's, a container's, a bundle's. Whoever implements
 * this reads regular files only (a FIFO would block) and follows links as nginx would.
 */
public interface ConfigurationFiles {
    /**
     * The content of a file.
     *
     * @param path absolute
     * @param limit bytes; a larger file is refused with an {@link IOException}, not read
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws java.nio.file.AccessDeniedException when the reader may not, though nginx might
     */
    byte[] read(String path, int limit) throws IOException;

    /**
     * Names of the entries of a directory, in any order, without {@code .} and {@code ..}.
     *
     * @throws IOException when it is none or may not be listed
     */
    List<String> list(String directory) throws IOException;

    /** Whether something stands at a path. */
    boolean exists(String path);

    /** When a file was last written; empty when that is not known. */
    Optional<Instant> modified(String path);
}
