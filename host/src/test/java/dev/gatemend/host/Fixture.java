package dev.gatemend.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Recorded answers of real programs, of the test resources. */
final class Fixture {
    private Fixture() {}

    static String text(String name) throws IOException {
        try (InputStream stream = Fixture.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new IOException("no such fixture: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
