package dev.gatemend.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version as the build wrote it down. */
final class ProgramVersion {
    private ProgramVersion() {}

    static String number() {
        try (InputStream stream = ProgramVersion.class.getResourceAsStream("version")) {
            if (stream == null) {
                throw new IllegalStateException("the build left out its version");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
