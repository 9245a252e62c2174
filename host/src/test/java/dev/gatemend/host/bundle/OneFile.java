package dev.gatemend.host.bundle;

import dev.gatemend.nginx.config.ConfigurationFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A configuration of one file that exists only here. */
record OneFile(String content) implements ConfigurationFiles {
    static final String PATH = "/etc/nginx/nginx.conf";

    @Override
    public byte[] read(String path, int limit) throws IOException {
        if (!exists(path)) {
            throw new NoSuchFileException(path);
        }
        return content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> list(String directory) {
        return List.of();
    }

    @Override
    public boolean exists(String path) {
        return path.equals(PATH);
    }

    @Override
    public Optional<Instant> modified(String path) {
        return Optional.empty();
    }
}
