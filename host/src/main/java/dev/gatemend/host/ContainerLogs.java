package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        return in(host.root().resolve("var/lib/docker/containers"), id)
                .map(d -> d.resolve(d.getFileName() + "-json.log"))
                .filter(Files::isReadable)
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
