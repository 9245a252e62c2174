package dev.gatemend.host;

import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * That a file was written, or put there with its older time of writing, as rsync, tar and mv do.
 * The kernel notes the second as the inode's change (st_ctime, inode(7)), which other modes, owners
 * and hard links are as well.
 *
 * @param written its content is of that time
 */
record Touched(Instant at, boolean written) {
    /**
     * Within a period; empty too when it cannot be told.
     *
     * @param options whether a link itself is meant
     */
    static Optional<Touched> in(Window period, Path file, LinkOption... options) {
        try {
            return of(period, Files.readAttributes(file, "unix:lastModifiedTime,ctime", options));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Touched> of(Window period, Map<String, Object> attributes) {
        return time(attributes, "lastModifiedTime")
                .filter(period::contains)
                .map(at -> new Touched(at, true))
                .or(
                        () ->
                                time(attributes, "ctime")
                                        .filter(period::contains)
                                        .map(at -> new Touched(at, false)));
    }

    private static Optional<Instant> time(Map<String, Object> attributes, String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(FileTime.class::isInstance)
                .map(FileTime.class::cast)
                .map(FileTime::toInstant);
    }

    /** What a reader has to know besides the time. */
    String detail() {
        return written ? "" : "it was put there, or its mode or owner was changed";
    }
}
