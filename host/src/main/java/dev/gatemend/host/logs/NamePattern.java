package dev.gatemend.host.logs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Names with {@code *}, {@code ?}, {@code [...]} or {@code {a,b}} that no shell expanded: in
 * quotes, or from a unit file. As in a shell, a star stops at a slash and matches no leading dot.
 */
final class NamePattern {
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_DIRECTORIES = 1_000;

    private NamePattern() {}

    static boolean isOne(String name) {
        return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /**
     * What there is, in the order of the names; nothing from directories that may not be read.
     *
     * @throws PatternSyntaxException when a bracket is left open
     */
    static List<Path> expand(Path pattern) {
        Path root = pattern.getRoot();
        List<Path> found = List.of(root == null ? Path.of("") : root);
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path directory : found.subList(0, Math.min(found.size(), MOST_DIRECTORIES))) {
                add(directory, part.toString(), next);
            }
            found = next;
        }
        return found.stream().sorted().toList();
    }

    private static void add(Path directory, String part, List<Path> found) {
        if (!isOne(part)) {
            Path path = directory.resolve(part);
            if (Files.exists(path)) {
                found.add(path);
            }
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        boolean dots = part.startsWith(".");
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory.resolve("."), entry -> true)) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > MOST_ENTRIES) {
                    break;
                }
                Path name = entry.getFileName();
                if (matcher.matches(name) && (dots || !name.toString().startsWith("."))) {
                    found.add(directory.resolve(name.toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nothing matches in what is no directory, or may not be read: as in a shell.
            return;
        }
    }
}
