package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where container runtimes keep what a container says, for root's eyes. */
final class ContainerLogs {
    private ContainerLogs() {}

    /**
     * The file of a container.
     *
     * @param id its first 12 characters or more
     * @return empty when there is none that may be read (another log driver, no root)
     */
    static Optional<Path> of(Host host, String id) {
        if (!id.matches("[0-9a-f]{12,64}")) {
            return Optional.empty();
        }
        return dataRoots(host)
                .flatMap(root -> in(root.resolve("containers"), id).stream())
                .map(d -> d.resolve(d.getFileName() + "-json.log"))
                .filter(Files::isReadable)
                .findFirst()
                .or(
                        () ->
                                in(
                                                host.root()
                                                        .resolve(
                                                                "var/lib/containers/storage/overlay-containers"),
                                                id)
                                        .map(d -> d.resolve("userdata/ctr.log"))
                                        .filter(Files::isReadable));
    }

    /** The usual one, and those that a running engine was told to use. */
    private static Stream<Path> dataRoots(Host host) {
        Stream<String> told =
                CommandLines.of(host).stream()
                        .filter(words -> CommandLines.isNamed(words, "dockerd"))
                        .flatMap(words -> dataRoot(words).stream());
        return Stream.concat(Stream.of("/var/lib/docker"), told)
                .map(root -> host.root().resolve(root.substring(1)));
    }

    private static Optional<String> dataRoot(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--data-root") && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1)).filter(root -> root.startsWith("/"));
            }
            if (word.startsWith("--data-root=/")) {
                return Optional.of(word.substring("--data-root=".length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> in(Path directory, String id) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, id + "*")) {
            for (Path entry : entries) {
                return Optional.of(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
