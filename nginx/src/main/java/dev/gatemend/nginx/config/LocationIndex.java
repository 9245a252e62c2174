package dev.gatemend.nginx.config;

import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The locations of one level, ready to be searched as {@code ngx_http_core_find_location} does:
 * exact, then the longest prefix and what is nested in it, then regexes in their order unless that
 * prefix forbids them.
 */
final class LocationIndex {
    private final Map<String, Node> exact = new HashMap<>();
    private final Map<String, Node> prefixes = new HashMap<>();
    private final int[] lengths;
    private final List<Node> regexes = new ArrayList<>();

    /**
     * @param untranslatable told of each pattern that Java cannot say
     */
    LocationIndex(List<Location> locations, Consumer<String> untranslatable) {
        for (Location location : locations) {
            switch (location.match()) {
                case LocationMatch.Exact match ->
                        exact.putIfAbsent(
                                match.path(), new Node(location, Optional.empty(), untranslatable));
                case LocationMatch.Prefix match ->
                        prefixes.putIfAbsent(
                                match.path(), new Node(location, Optional.empty(), untranslatable));
                case LocationMatch.Regex match -> addRegex(location, match, untranslatable);
                case LocationMatch.Named _,
                        LocationMatch.If _,
                        LocationMatch.LimitExcept _,
                        LocationMatch.Server _ -> {}
            }
        }
        lengths =
                prefixes.keySet().stream()
                        .mapToInt(p -> -p.length())
                        .sorted()
                        .map(n -> -n)
                        .distinct()
                        .toArray();
    }

    private void addRegex(
            Location location, LocationMatch.Regex match, Consumer<String> untranslatable) {
        Optional<PcrePattern> pattern = PcrePattern.translate(match.pattern(), match.ignoreCase());
        if (pattern.isEmpty()) {
            untranslatable.accept(match.pattern());
        } else {
            regexes.add(new Node(location, pattern, untranslatable));
        }
    }

    private record Node(Location location, Optional<PcrePattern> pattern, LocationIndex nested) {
        Node(Location location, Optional<PcrePattern> pattern, Consumer<String> untranslatable) {
            this(location, pattern, new LocationIndex(location.nested(), untranslatable));
        }

        boolean forbidsRegexes() {
            return location.match() instanceof LocationMatch.Prefix prefix && prefix.overRegex();
        }

        /** A request for a passed {@code /x/} without its last slash is redirected there. */
        boolean redirects() {
            return location.pass().isPresent();
        }
    }

    /**
     * What a search found.
     *
     * @param decided no regex of an outer level may take it over
     */
    private record Found(Location location, boolean decided) {}

    /** The location that serves a normalised path; empty when none does. */
    Optional<Location> find(String path) {
        return search(path).map(Found::location);
    }

    private Optional<Found> search(String path) {
        Node whole = exact.get(path);
        if (whole != null) {
            return Optional.of(new Found(whole.location(), true));
        }
        Node slashed = prefixes.get(path + "/");
        if (slashed != null && slashed.redirects()) {
            return Optional.of(new Found(slashed.location(), true));
        }
        Optional<Node> prefix = longestPrefix(path);
        Optional<Found> nested = prefix.flatMap(node -> node.nested().search(path));
        if (nested.isPresent() && nested.get().decided()) {
            return nested;
        }
        if (prefix.isEmpty() || !prefix.get().forbidsRegexes()) {
            for (Node regex : regexes) {
                if (regex.pattern().orElseThrow().find(path)) {
                    Optional<Location> inner = regex.nested().find(path);
                    return Optional.of(new Found(inner.orElse(regex.location()), true));
                }
            }
        }
        return nested.or(() -> prefix.map(node -> new Found(node.location(), false)));
    }

    private Optional<Node> longestPrefix(String path) {
        for (int length : lengths) {
            Node node = length <= path.length() ? prefixes.get(path.substring(0, length)) : null;
            if (node != null) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }
}
