package dev.gatemend.lab;

import dev.gatemend.nginx.config.ConfigurationFiles;
import dev.gatemend.nginx.log.HeldBytes;
import dev.gatemend.nginx.log.LogBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of a recorded host: a configuration of one file, and two logs.
 *
 * @param name of the recording, a directory in {@code recorded/}
 */
record RecordedFiles(String name) implements ConfigurationFiles {
    static final String CONFIGURATION = "/etc/nginx/nginx.conf";

    @Override
    public byte[] read(String path, int limit) throws IOException {
        if (!exists(path)) {
            throw new NoSuchFileException(path);
        }
        return bytes("nginx.conf");
    }

    @Override
    public List<String> list(String directory) throws IOException {
        throw new NoSuchFileException(directory);
    }

    @Override
    public boolean exists(String path) {
        return path.equals(CONFIGURATION);
    }

    @Override
    public Optional<Instant> modified(String path) {
        return Optional.empty();
    }

    /** A recorded log by its name without a directory. */
    LogBytes log(String file) throws IOException {
        return new HeldBytes(bytes(file));
    }

    private byte[] bytes(String file) throws IOException {
        String resource = "recorded/" + name + "/" + file;
        try (InputStream in = RecordedFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new NoSuchFileException(resource);
            }
            return in.readAllBytes();
        }
    }
}
