package dev.gatemend.host;

import dev.gatemend.host.logs.RotatedName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The older parts of a log beside it, by their names: {@link RotatedName}. */
final class RotatedLogs {
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST = 8;

    private RotatedLogs() {}

    /** A part and when it was last written. */
    record Part(Path file, Instant modified) {}

    /** Those written to since that instant, the newest first. */
    static List<Part> beside(Path log, Instant since) {
        String wanted = log.getFileName().toString();
        List<Part> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(log.resolveSibling("."))) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > MOST_ENTRIES) {
                    break;
                }
                String name = entry.getFileName().toString();
                if (RotatedName.of(name).filter(part -> part.log().equals(wanted)).isPresent()) {
                    add(log.resolveSibling(name), since, parts);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return parts;
        }
        parts.sort(Comparator.comparing(Part::modified).reversed());
        return parts.stream().limit(MOST).toList();
    }

    private static void add(Path file, Instant since, List<Part> parts) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (attributes.isRegularFile() && !modified.isBefore(since)) {
            parts.add(new Part(file, modified));
        }
    }
}
