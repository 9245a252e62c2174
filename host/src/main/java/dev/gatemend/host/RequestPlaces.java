package dev.gatemend.host;

import dev.gatemend.model.LogDestination;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.nginx.config.LocationFinder;
import dev.gatemend.nginx.log.RequestPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells requests' places by a configuration. Safe for use by several readers of its logs, each of
 * which gets a finder of its own: sharing one under a lock made them wait for each other.
 */
public final class RequestPlaces {
    private final ThreadLocal<LocationFinder> finders;
    private final Map<String, List<Site>> byName = new HashMap<>();
    private final Map<String, Set<String>> namesByLog = new HashMap<>();

    public RequestPlaces(NginxConfiguration configuration) {
        this.finders = ThreadLocal.withInitial(() -> new LocationFinder(configuration));
        for (Site site : configuration.sites()) {
            if (!site.stream()) {
                byName.computeIfAbsent(site.name(), _ -> new ArrayList<>()).add(site);
                logs(site)
                        .forEach(
                                path ->
                                        namesByLog
                                                .computeIfAbsent(
                                                        absolute(configuration, path),
                                                        _ -> new LinkedHashSet<>())
                                                .add(site.name()));
            }
        }
    }

    /**
     * For the lines of one log. Where they name neither server nor host, it still tells the site
     * when only one writes there.
     */
    public RequestPlace in(LogDestination log) {
        Set<String> writers =
                log instanceof LogDestination.File file
                        ? namesByLog.getOrDefault(file.path(), byName.keySet())
                        : byName.keySet();
        Optional<String> only =
                writers.size() == 1 ? writers.stream().findFirst() : Optional.empty();
        return (serverName, host, uri) -> place(serverName, host, only, uri);
    }

    private Optional<RequestPlace.Place> place(
            Optional<String> serverName, Optional<String> host, Optional<String> only, String uri) {
        Optional<Site> named = serverName.flatMap(this::called);
        if (named.isPresent()) {
            return named.map(site -> place(site, uri));
        }
        return host.filter(h -> !h.isEmpty())
                .flatMap(h -> finders.get().find(OptionalInt.empty(), h, uri))
                .map(LocationFinder.Served::site)
                .or(() -> only.flatMap(this::called))
                .map(site -> place(site, uri));
    }

    /** Several blocks may share a name, one for each port; the one that passes is in question. */
    private Optional<Site> called(String name) {
        List<Site> sites = byName.getOrDefault(name, List.of());
        return sites.stream()
                .filter(s -> s.allLocations().anyMatch(l -> l.pass().isPresent()))
                .findFirst()
                .or(() -> sites.stream().findFirst());
    }

    private RequestPlace.Place place(Site site, String uri) {
        String location =
                uri.isEmpty()
                        ? ""
                        : finders.get()
                                .location(site, uri)
                                .map(l -> l.match().written())
                                .orElse("");
        return new RequestPlace.Place(site.name(), location);
    }

    private static Set<String> logs(Site site) {
        Stream<Settings> levels =
                Stream.concat(
                        Stream.of(site.settings()), site.allLocations().map(l -> l.settings()));
        return levels.flatMap(s -> s.all("access_log").stream())
                .map(s -> s.value())
                .filter(v -> !v.isEmpty() && !v.equals("off"))
                .collect(Collectors.toSet());
    }

    private static String absolute(NginxConfiguration configuration, String path) {
        return NginxPlaces.join(configuration.prefix(), path);
    }
}
