package dev.gatemend.lab;

import dev.gatemend.host.bundle.Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Run inside a {@link SystemdHost}: looks at it, and leaves what was seen in a bundle. */
final class LookFromInside {
    private LookFromInside() {}

    /** Arguments: how far back logs are read, as in PT15M, and the file to write. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration since = Duration.parse(arguments[0]);
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
            new Bundle("lab", Optional.empty(), new InProcess().look(Optional.empty(), since))
                    .writeTo(out);
        }
    }
}
