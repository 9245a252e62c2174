package dev.gatemend.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The beginning of a file of {@code /proc}, {@code /sys} or {@code /etc}, whatever its size. */
final class SmallFile {
    private SmallFile() {}

    /**
     * Its text in ISO 8859-1, so that any byte is kept.
     *
     * @param most bytes read at most
     * @throws IOException when it does not exist or may not be read
     */
    static String read(Path path, int most) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return new String(stream.readNBytes(most), StandardCharsets.ISO_8859_1);
        }
    }

    /** Its text without surrounding white space; empty when it cannot be read for any reason. */
    static Optional<String> word(Path path) {
        try {
            return Optional.of(read(path, 4096).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
