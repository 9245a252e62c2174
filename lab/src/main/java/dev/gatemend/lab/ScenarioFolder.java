package dev.gatemend.lab;

import dev.gatemend.lab.Mistakes.ScenarioException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder {@code CAUSE/VARIANT} with a {@code scenario.yaml} and what else it needs.
 *
 * @param id {@code CAUSE/VARIANT}
 * @param title the folder as the reader knows it, for messages
 * @param path where it lies, on disk or inside this program
 */
record ScenarioFolder(String id, String title, Path path) {
    private static final String CONTROL = "control/";
    private static final int MOST_FILES = 100;
    private static final long LARGEST_FILE = 16L << 20;

    boolean isControl() {
        return id.startsWith(CONTROL);
    }

    /** The scenario as its file has it. */
    Scenario read() throws IOException {
        Path file = path.resolve(ScenarioFile.NAME);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                throw mistake("has no scenario.yaml that could be read");
            }
            return ScenarioFile.read(this, Files.readString(file));
        } catch (MalformedInputException e) {
            throw mistake("has a scenario.yaml that is not UTF-8");
        }
    }

    private ScenarioException mistake(String what) {
        return new ScenarioException(List.of(title + ": " + what));
    }

    /** Copies the other files to where scripts find them, readable for the applications' user. */
    void unpack(Bench bench) throws IOException {
        Path target = Files.createDirectory(bench.path("scenario"));
        for (Path file : others()) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > LARGEST_FILE) {
                throw new IOException(
                        "%s: only plain files of up to 16 MB may lie beside scenario.yaml, not %s"
                                .formatted(title, file.getFileName()));
            }
            Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
        }
    }

    private List<Path> others() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> others =
                    files.filter(file -> !file.endsWith(ScenarioFile.NAME))
                            .limit(MOST_FILES + 1)
                            .toList();
            if (others.size() > MOST_FILES) {
                throw new IOException(title + ": more than " + MOST_FILES + " files");
            }
            return others;
        }
    }
}
