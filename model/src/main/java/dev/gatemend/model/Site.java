package dev.gatemend.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * A {@code server} block: what a client asks for.
 *
 * @param stream true for a {@code server} of the stream module
 * @param names of {@code server_name}, in order; empty when none is set
 * @param listens where it listens
 * @param locations top-level locations in the order written; a stream server has one, of {@link
 *     LocationMatch.Server}
 * @param settings in effect at the server level
 * @param position of the word {@code server}
 */
public record Site(
        boolean stream,
        List<String> names,
        List<Listen> listens,
        List<Location> locations,
        Settings settings,
        Position position) {
    public Site {
        names = List.copyOf(names);
        listens = List.copyOf(listens);
        locations = List.copyOf(locations);
    }

    /**
     * The first name, as nginx prints it behind {@code server: } in the error log; empty when there
     * is none.
     */
    public String name() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** All locations, nested ones included. */
    public Stream<Location> allLocations() {
        return locations.stream().flatMap(Location::flatten);
    }
}
