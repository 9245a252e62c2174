package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files a process holds open, as the links in {@code /proc/PID/fd} name them.
 *
 * @param links target of each descriptor, {@code /var/log/nginx/error.log (deleted)}
 */
record OpenFiles(Path directory, Map<Integer, String> links) {
    private static final int MOST = 10_000;
    private static final String DELETED = " (deleted)";

    /** Empty when they may not be read. */
    static Optional<OpenFiles> of(Path directory) {
        Map<Integer, String> links = new LinkedHashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String number = entry.getFileName().toString();
                if (links.size() < MOST && number.matches("\\d{1,9}")) {
                    links.put(Integer.valueOf(number), Files.readSymbolicLink(entry).toString());
                }
            }
            return Optional.of(new OpenFiles(directory, links));
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
    }

    /** What a descriptor is: a path, {@code pipe:[123]}, {@code socket:[123]}. */
    Optional<String> link(int descriptor) {
        return Optional.ofNullable(links.get(descriptor));
    }

    Path file(int descriptor) {
        return directory.resolve(Integer.toString(descriptor));
    }

    /** Whether this very file is open, by this or another name. */
    boolean holds(String path, Path file) {
        return links.containsValue(path)
                || fileKey(file)
                        .filter(
                                key ->
                                        paths().anyMatch(
                                                        d ->
                                                                fileKey(file(d))
                                                                        .equals(Optional.of(key))))
                        .isPresent();
    }

    /**
     * The descriptor of what was once the file of this path and has another name now: one that
     * still tells where it comes from, {@code error.log.1}, {@code error.log-old}, {@code
     * old-error.log}.
     */
    Optional<Integer> renamed(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return paths().filter(d -> isAnotherNameOf(links.getOrDefault(d, ""), path, name))
                .findFirst();
    }

    private static boolean isAnotherNameOf(String link, String path, String name) {
        return !link.equals(path)
                && !link.endsWith(DELETED)
                && link.substring(link.lastIndexOf('/') + 1).contains(name);
    }

    private Stream<Integer> paths() {
        return links.keySet().stream().filter(d -> links.getOrDefault(d, "").startsWith("/"));
    }

    private static Optional<Object> fileKey(Path file) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The descriptor of a file that was deleted under this name. */
    Optional<Integer> deleted(String path) {
        return links.entrySet().stream()
                .filter(e -> e.getValue().equals(path + DELETED))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
