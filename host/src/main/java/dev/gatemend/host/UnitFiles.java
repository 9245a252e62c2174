package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Unit files as systemd finds them (systemd.unit(5)), drop-ins and environment files read along.
 * Reading them finds the unit that should serve a peer though it is stopped, disabled, and unknown
 * to a running systemd.
 */
record UnitFiles(Path root) {
    /** A unit file of an earlier directory hides the same name in a later one. */
    private static final List<String> DIRECTORIES =
            List.of(
                    "etc/systemd/system",
                    "run/systemd/system",
                    "usr/local/lib/systemd/system",
                    "usr/lib/systemd/system",
                    "lib/systemd/system");

    /** systemd.exec(5); a path with a specifier ({@code %n}) is not followed. */
    private static final Pattern OUTPUT =
            Pattern.compile(
                    "^Standard(?:Output|Error)=(?:file|append|truncate):(/[^%\\s]{1,250})$");

    private static final Pattern WORKING_DIRECTORY =
            Pattern.compile("^WorkingDirectory=-?(/[^%\\s]{1,250})$");

    private static final int MOST_FILES = 3_000;
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_ENVIRONMENTS = 4;
    private static final int MOST_SOURCES = 50;

    /** Services and sockets by name, each with all text that says how it runs. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String directory : DIRECTORIES) {
            for (Path file : list(root.resolve(directory), "*.{service,socket}")) {
                String name = file.getFileName().toString();
                // A template is no unit; its instances are known by their processes.
                // A mask is empty; what it hides tells whom the unit would serve.
                if (!name.contains("@.")
                        && texts.size() < MOST_FILES
                        && texts.getOrDefault(name, "").isBlank()) {
                    texts.put(name, text(file, name));
                }
            }
        }
        return texts;
    }

    /** Lines of the environment files that a unit's text names. */
    String environment(String unitText) {
        StringBuilder all = new StringBuilder();
        environmentFiles(unitText)
                .forEach(path -> all.append(read(root.resolve(path.substring(1)))).append('\n'));
        return all.toString();
    }

    private static Stream<String> environmentFiles(String unitText) {
        return unitText.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("EnvironmentFile="))
                .map(line -> line.substring(16).strip())
                .map(path -> path.startsWith("-") ? path.substring(1) : path)
                .filter(path -> path.startsWith("/") && !path.contains("%"))
                .limit(MOST_ENVIRONMENTS);
    }

    /** Files that a unit's output is written to, absolute ({@code StandardOutput=append:PATH}). */
    List<String> outputs(String unit) {
        return values(unit, OUTPUT).toList();
    }

    /** Where it runs, if it says so. */
    Optional<String> workingDirectory(String unit) {
        return values(unit, WORKING_DIRECTORY).reduce((_, last) -> last);
    }

    /** What says how it runs, absolute: the unit's file, drop-ins and environment files. */
    List<String> sources(String unit) {
        Optional<Path> file = file(unit);
        List<Path> files = new ArrayList<>(file.stream().toList());
        dropIns(unit).forEach(files::add);
        return Stream.concat(
                        files.stream().map(f -> "/" + root.relativize(f)),
                        file.stream().flatMap(f -> environmentFiles(text(f, unit))))
                .limit(MOST_SOURCES)
                .toList();
    }

    private Stream<String> values(String unit, Pattern line) {
        return file(unit).map(file -> text(file, unit)).stream()
                .flatMap(String::lines)
                .flatMap(text -> line.matcher(text.strip()).results())
                .map(found -> found.group(1))
                .distinct();
    }

    private Optional<Path> file(String unit) {
        return DIRECTORIES.stream()
                .map(directory -> root.resolve(directory).resolve(unit))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Stream<Path> dropIns(String unit) {
        return DIRECTORIES.stream()
                .map(directory -> root.resolve(directory).resolve(unit + ".d"))
                .filter(Files::isDirectory)
                .flatMap(directory -> list(directory, "*.conf").stream());
    }

    private String text(Path file, String name) {
        StringBuilder text = new StringBuilder(read(file));
        dropIns(name).forEach(d -> text.append('\n').append(read(d)));
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? SmallFile.read(file, MOST_BYTES) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            for (Path entry : entries) {
                if (files.size() == MOST_FILES) {
                    break;
                }
                files.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return files;
        }
        return files;
    }
}
