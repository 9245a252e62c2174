package dev.gatemend.host;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The older parts of a log beside it, by the names that logrotate(8) and cronolog give: {@code
 * error.log.1}, {@code error.log.2.gz}, {@code error.log-20260301}, {@code error-20260301.log}.
 */
final class RotatedLogs {
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST = 8;
    private static final String NUMBER_OR_DATE =
            "\\d{1,4}|\\d{4}-?\\d{2}-?\\d{2}(?:[-_]?\\d{2,10})?";

    private RotatedLogs() {}

    /** A part and when it was last written. */
    record Part(Path file, Instant modified) {}

    /** Those written to since that instant, the newest first. */
    static List<Part> beside(Path log, Instant since) {
        Pattern names = names(log.getFileName().toString());
        List<Part> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(log.resolveSibling("."))) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > MOST_ENTRIES) {
                    break;
                }
                String name = entry.getFileName().toString();
                Matcher matcher = names.matcher(name);
                if (matcher.matches()) {
                    add(log.resolveSibling(name), since, parts);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return parts;
        }
        parts.sort(Comparator.comparing(Part::modified).reversed());
        return parts.stream().limit(MOST).toList();
    }

    private static Pattern names(String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        String packed = "(?:\\.(?:gz|xz|zst|bz2))?";
        return Pattern.compile(
                Pattern.quote(name)
                        + "[.-](?:"
                        + NUMBER_OR_DATE
                        + ")"
                        + packed
                        + "|"
                        + Pattern.quote(stem)
                        + "-(?:"
                        + NUMBER_OR_DATE
                        + ")"
                        + Pattern.quote(ending)
                        + packed);
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
