package dev.gatemend.host;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Site;
import dev.gatemend.nginx.config.LocationFinder;
import dev.gatemend.nginx.log.RequestPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells requests' places by a configuration. Safe for use by several readers of its logs, each of
 * which gets a finder of its own: sharing one under a lock made them wait for each other.
 */
final class RequestPlaces implements RequestPlace {
    private final ThreadLocal<LocationFinder> finders;
    private final Map<String, List<Site>> byName = new HashMap<>();

    RequestPlaces(NginxConfiguration configuration) {
        this.finders = ThreadLocal.withInitial(() -> new LocationFinder(configuration));
        configuration.sites().stream()
                .filter(s -> !s.stream())
                .forEach(s -> byName.computeIfAbsent(s.name(), _ -> new ArrayList<>()).add(s));
    }

    @Override
    public Optional<Place> of(Optional<String> serverName, Optional<String> host, String uri) {
        List<Site> named = byName.getOrDefault(serverName.orElse(""), List.of());
        // Several blocks may share a name, one for each port; the one that passes is in question.
        Optional<Site> site =
                named.stream()
                        .filter(s -> s.allLocations().anyMatch(l -> l.pass().isPresent()))
                        .findFirst()
                        .or(() -> named.stream().findFirst());
        if (serverName.isPresent() && site.isPresent()) {
            return Optional.of(place(site.get(), uri));
        }
        boolean untold = serverName.isEmpty() && host.isEmpty();
        if (untold && byName.values().stream().mapToInt(List::size).sum() != 1) {
            return Optional.empty();
        }
        return finders.get()
                .find(OptionalInt.empty(), host.orElse(""), uri)
                .map(
                        served ->
                                new Place(
                                        served.site().name(),
                                        served.location()
                                                .map(l -> l.match().written())
                                                .orElse("")));
    }

    private Place place(Site site, String uri) {
        String location =
                uri.isEmpty()
                        ? ""
                        : finders.get()
                                .location(site, uri)
                                .map(l -> l.match().written())
                                .orElse("");
        return new Place(site.name(), location);
    }
}
