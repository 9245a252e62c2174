package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with a file under src/test/resources/golden, or another of the project's; {@code
 * ./check --bless} writes the files anew instead, and review reads the difference.
 */
final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private Golden() {}

    static void verify(String name, String actual) throws IOException {
        verify(DIRECTORY.resolve(name), actual);
    }

    static void verify(Path file, String actual) throws IOException {
        if (blessing()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, actual);
        }
        assertThat(file).as("bless it with ./check --bless").exists();
        assertThat(actual)
                .as("%s; if the change is meant, ./check --bless", file)
                .isEqualTo(Files.readString(file));
    }

    static boolean blessing() {
        return Boolean.getBoolean("gatemend.bless");
    }
}
