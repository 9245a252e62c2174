package dev.gatemend.host.logs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order of files: parts of one log from the oldest to the newest, logs as they were named. */
final class InTime {
    private InTime() {}

    /**
     * A file that was named.
     *
     * @param modified when it was last written
     */
    record Named(Path path, Instant modified) {
        private Optional<RotatedName> rotated() {
            return RotatedName.of(String.valueOf(path.getFileName()));
        }
    }

    static List<Path> sorted(List<Named> files) {
        Map<Path, List<Named>> logs = new LinkedHashMap<>();
        files.forEach(
                file ->
                        logs.computeIfAbsent(RotatedName.logOf(file.path()), _ -> new ArrayList<>())
                                .add(file));
        return logs.values().stream()
                .map(InTime::oldestFirst)
                .flatMap(Collection::stream)
                .map(Named::path)
                .toList();
    }

    /** By the names alone where they are of one kind: a copy has lost its times. */
    private static List<Named> oldestFirst(List<Named> parts) {
        List<RotatedName> names = parts.stream().flatMap(p -> p.rotated().stream()).toList();
        boolean numbered = names.stream().allMatch(name -> name.number().isPresent());
        boolean dated = names.stream().noneMatch(name -> name.number().isPresent());
        Comparator<Named> order =
                numbered
                        ? Comparator.comparingInt(InTime::number).reversed()
                        : dated
                                ? Comparator.comparing(InTime::date)
                                : Comparator.comparing(Named::modified);
        return parts.stream().sorted(order).toList();
    }

    /** The log itself is newer than any part. */
    private static int number(Named file) {
        return file.rotated().flatMap(RotatedName::number).orElse(-1);
    }

    private static String date(Named file) {
        return file.rotated().map(RotatedName::date).orElse("~");
    }
}
