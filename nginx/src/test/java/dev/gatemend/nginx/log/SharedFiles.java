package dev.gatemend.nginx.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The catalogue that ./check lays beside the project; only {@code *SharedCheck} classes read it.
 */
final class SharedFiles {
    private SharedFiles() {}

    /** Lines of a tab separated file without its heading, split. */
    static List<String[]> rows(String name) throws IOException {
        Path file = Path.of(System.getProperty("gatemend.shared", "../../shared"), "nginx", name);
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
