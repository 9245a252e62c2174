package dev.gatemend.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A location with everything in effect there.
 *
 * @param match how it claims a request
 * @param pass where it hands requests to, if it does
 * @param settings directives in effect, inherited ones and defaults that matter for gateway errors
 *     included
 * @param position of the word {@code location}; for {@link LocationMatch.Server} of the server
 *     block
 * @param nested locations, {@code if} and {@code limit_except} blocks inside, in the order they are
 *     written
 */
public record Location(
        LocationMatch match,
        Optional<Pass> pass,
        Settings settings,
        Position position,
        List<Location> nested) {
    public Location {
        nested = List.copyOf(nested);
    }

    /** This location and all inside it, outermost first. */
    public Stream<Location> flatten() {
        return Stream.concat(Stream.of(this), nested.stream().flatMap(Location::flatten));
    }
}
