package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each binary was built with, read once a file (device, inode, time, size). Safe for use by
 * several threads.
 */
final class NginxBuilds {
    private static final int MOST = 64;

    private final Map<Key, NginxBuild> known = new LinkedHashMap<>();

    private record Key(String file, long modified, long size) {}

    /**
     * The build of a binary.
     *
     * @param binary {@code /proc/PID/exe}, which leads to the file that runs even when it was
     *     replaced since, or a path
     * @throws IOException when it cannot be read, or is no regular file
     */
    synchronized NginxBuild of(Path binary) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(binary, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("not a program: " + binary);
        }
        Key key =
                new Key(
                        String.valueOf(attributes.fileKey()),
                        attributes.lastModifiedTime().toMillis(),
                        attributes.size());
        NginxBuild build = known.get(key);
        if (build == null) {
            build = NginxBuild.scan(binary);
            if (known.size() == MOST) {
                known.clear();
            }
            known.put(key, build);
        }
        return build;
    }
}
