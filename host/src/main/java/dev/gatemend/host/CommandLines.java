package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of all processes: the way to programs that are known by their titles. */
final class CommandLines {
    private static final int MOST_BYTES = 4096;

    private CommandLines() {}

    /** The words of each; processes that ended meanwhile have none. */
    static List<List<String>> of(Host host) {
        List<List<String>> lines = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(host.proc(), "[0-9]*")) {
            for (Path process : processes) {
                List<String> words = words(process);
                if (!words.isEmpty()) {
                    lines.add(words);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return lines;
        }
        return lines;
    }

    private static List<String> words(Path process) {
        try {
            String line = SmallFile.read(process.resolve("cmdline"), MOST_BYTES);
            return line.isEmpty() ? List.of() : List.of(line.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether the program of a command line is called that, wherever it lies. */
    static boolean isNamed(List<String> words, String program) {
        return words.getFirst().equals(program) || words.getFirst().endsWith("/" + program);
    }
}
