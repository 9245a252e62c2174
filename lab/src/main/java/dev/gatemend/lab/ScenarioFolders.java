package dev.gatemend.lab;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.lab.Mistakes.ScenarioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders of scenarios: those of this program, and an operator's own. */
public final class ScenarioFolders {
    private static final int MOST = 1_000;

    private ScenarioFolders() {}

    /** The scenarios that came with this program, by id. */
    static List<Scenario> builtIn() {
        try {
            return read(foldersIn(OwnPlace.directory("scenarios"), "lab"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An operator's own: one folder {@code .../CAUSE/VARIANT}, or all of a directory that holds
     * such folders.
     *
     * @throws IOException with all mistakes of all of them, one a line
     */
    public static List<Scenario> of(Path directory) throws IOException {
        Path real = directory.toRealPath();
        List<ScenarioFolder> folders =
                Files.exists(real.resolve(ScenarioFile.NAME))
                        ? List.of(folder(real, directory.toString()))
                        : foldersIn(real, directory.toString());
        if (folders.isEmpty()) {
            throw new ScenarioException(
                    List.of(directory + ": no CAUSE/VARIANT/scenario.yaml in it"));
        }
        checkCauses(folders);
        List<Scenario> read = read(folders);
        checkAlso(read, directory.toString());
        return read;
    }

    private static ScenarioFolder folder(Path path, String title) {
        Path parent = path.getParent();
        String cause = parent == null ? "" : String.valueOf(parent.getFileName());
        return new ScenarioFolder(cause + "/" + path.getFileName(), title, path);
    }

    private static List<ScenarioFolder> foldersIn(Path root, String title) throws IOException {
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(f -> f.endsWith(ScenarioFile.NAME) && f.getNameCount() > 2)
                    .filter(file -> root.relativize(file).getNameCount() == 3)
                    .map(file -> Objects.requireNonNull(file.getParent()))
                    .sorted()
                    .limit(MOST)
                    .map(path -> folder(path, title + "/" + root.relativize(path)))
                    .toList();
        }
    }

    private static List<Scenario> read(List<ScenarioFolder> folders) throws IOException {
        List<Scenario> read = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (ScenarioFolder folder : folders) {
            try {
                read.add(folder.read());
            } catch (ScenarioException e) {
                mistakes.add(String.valueOf(e.getMessage()));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ScenarioException(mistakes);
        }
        return List.copyOf(read);
    }

    /** A folder's name is the answer to expect, so that a slip in it would never come true. */
    private static void checkCauses(List<ScenarioFolder> folders) throws ScenarioException {
        List<String> known = causes();
        known.add("control");
        List<String> mistakes =
                folders.stream()
                        .filter(folder -> !known.contains(causeOf(folder)))
                        .map(
                                folder ->
                                        "%s: no cause is called \"%s\"%s"
                                                .formatted(
                                                        folder.title(),
                                                        causeOf(folder),
                                                        meant(causeOf(folder), known)))
                        .toList();
        if (!mistakes.isEmpty()) {
            throw new ScenarioException(mistakes);
        }
    }

    private static void checkAlso(List<Scenario> scenarios, String title) throws ScenarioException {
        List<String> known = causes();
        List<String> mistakes =
                scenarios.stream()
                        .flatMap(scenario -> scenario.also().stream())
                        .map(Fault::cause)
                        .filter(cause -> !known.contains(cause))
                        .map(
                                c ->
                                        "%s: no cause is called \"%s\"%s"
                                                .formatted(title, c, meant(c, known)))
                        .toList();
        if (!mistakes.isEmpty()) {
            throw new ScenarioException(mistakes);
        }
    }

    private static List<String> causes() {
        return new ArrayList<>(Causes.all().stream().map(cause -> cause.info().id()).toList());
    }

    private static String causeOf(ScenarioFolder folder) {
        return folder.id().substring(0, folder.id().indexOf('/'));
    }

    private static String meant(String cause, List<String> known) {
        return dev.gatemend.diagnosis.Spelling.nearest(cause, known.stream())
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; gatemend explain lists them");
    }
}
