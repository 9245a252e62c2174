package dev.gatemend.diagnosis;

import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.NginxMaster;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A file of the configuration that was written after nginx loaded it: what serves is older than
 * what one reads.
 *
 * @param file the one written last
 * @param modified its mtime
 * @param loaded when the current workers were started
 */
public record Unloaded(ConfigurationFile file, Instant modified, Instant loaded) {
    /** A process's start is known to a hundredth of a second, and by another clock than files'. */
    private static final Duration SLACK = Duration.ofMillis(100);

    /** Empty also where the time of neither is known. */
    public static Optional<Unloaded> of(Matter matter) {
        return matter.master()
                .flatMap(NginxMaster::workersSince)
                .flatMap(loaded -> newest(matter).flatMap(file -> after(file, loaded)));
    }

    private static Optional<ConfigurationFile> newest(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.files().stream())
                .filter(f -> f.modified().isPresent())
                .max(Comparator.comparing(f -> f.modified().orElseThrow()));
    }

    private static Optional<Unloaded> after(ConfigurationFile file, Instant loaded) {
        return file.modified()
                .filter(loaded.plus(SLACK)::isBefore)
                .map(modified -> new Unloaded(file, modified, loaded));
    }
}
