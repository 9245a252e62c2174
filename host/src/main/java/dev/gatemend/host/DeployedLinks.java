package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Symbolic links that stand for a deployed directory: {@code /srv/shop/current} for {@code
 * /srv/shop/releases/7}. Whoever runs from the directory knows only where the link led.
 */
final class DeployedLinks {
    private DeployedLinks() {}

    /**
     * Links among the elements of its path, and those beside it and beside its parent that lead to
     * it.
     *
     * @param most entries looked at in one directory
     */
    static List<Path> to(Path directory, Path root, int most) {
        Set<Path> links = new LinkedHashSet<>();
        for (Path here = directory;
                here != null && here.startsWith(root) && !here.equals(root);
                here = here.getParent()) {
            if (Files.isSymbolicLink(here)) {
                links.add(here);
            }
        }
        Path parent = directory.getParent();
        Path above = parent == null ? null : parent.getParent();
        for (Path place : Stream.of(parent, above).filter(Objects::nonNull).toList()) {
            if (place.startsWith(root) && !place.equals(root)) {
                leadingTo(directory, place, most, links);
            }
        }
        return List.copyOf(links);
    }

    private static void leadingTo(Path directory, Path place, int most, Set<Path> links) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            int looked = 0;
            for (Path entry : entries) {
                if (++looked > most) {
                    return;
                }
                if (Files.isSymbolicLink(entry)
                        && Files.isDirectory(entry)
                        && Files.isSameFile(entry, directory)) {
                    links.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be listed has no link that we could see.
            return;
        }
    }
}
