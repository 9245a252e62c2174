package dev.gatemend.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How ids inside a user namespace appear outside (user_namespaces(7)): uid 101 of a rootless
 * container is uid 100100 to the host.
 */
record IdMap(List<Range> ranges) {
    /** Ids {@code inside} up to {@code inside + count} appear as those from {@code outside} on. */
    record Range(long inside, long outside, long count) {}

    IdMap {
        ranges = List.copyOf(ranges);
    }

    /** Reads {@code /proc/PID/uid_map}; where it cannot be read, ids are taken as they are. */
    static IdMap parse(Optional<String> text) {
        List<Range> ranges =
                text.orElse("")
                        .lines()
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(IdMap::isRange)
                        .map(
                                f ->
                                        new Range(
                                                Long.parseLong(f[0]),
                                                Long.parseLong(f[1]),
                                                Long.parseLong(f[2])))
                        .toList();
        return new IdMap(ranges.isEmpty() ? List.of(new Range(0, 0, 1L << 32)) : ranges);
    }

    private static boolean isRange(String[] fields) {
        return fields.length == 3
                && List.of(fields).stream().allMatch(field -> field.matches("\\d{1,10}"));
    }

    OptionalInt outside(int id) {
        return ranges.stream()
                .filter(r -> id >= r.inside() && id - r.inside() < r.count())
                .mapToInt(r -> (int) (r.outside() + id - r.inside()))
                .findFirst();
    }
}
