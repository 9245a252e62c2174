package dev.gatemend.host.given;

import dev.gatemend.nginx.config.ConfigurationFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One text in place of a configuration's files; what it includes was not given. */
record ExcerptFiles(String path, String text) implements ConfigurationFiles {
    @Override
    public byte[] read(String wanted, int limit) throws IOException {
        if (!wanted.equals(path)) {
            throw new NoSuchFileException(wanted);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > limit) {
            throw new IOException("too large");
        }
        return bytes;
    }

    @Override
    public List<String> list(String directory) {
        return List.of();
    }

    @Override
    public boolean exists(String wanted) {
        return wanted.equals(path);
    }

    @Override
    public Optional<Instant> modified(String wanted) {
        return Optional.empty();
    }
}
