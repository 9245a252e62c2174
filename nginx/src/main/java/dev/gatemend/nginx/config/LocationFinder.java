package dev.gatemend.nginx.config;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Site;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Tells which site and which location serve a request. Made once for a configuration; locations of
 * a site are compiled when it is first asked for. Not thread-safe: one for each thread, or a lock.
 */
public final class LocationFinder {
    /** No host name is longer (RFC 1035), a port included. */
    private static final int LONGEST_HOST = 300;

    private final Map<Integer, SiteIndex> byPort = new HashMap<>();
    private final SiteIndex anyPort = new SiteIndex();
    private final IdentityHashMap<Site, LocationIndex> locations = new IdentityHashMap<>();
    private final Set<String> untranslatable = new LinkedHashSet<>();

    /** Looks into the http sites of {@code configuration}. */
    public LocationFinder(NginxConfiguration configuration) {
        for (Site site : configuration.sites()) {
            if (!site.stream()) {
                add(site);
            }
        }
    }

    /**
     * Who serves a request.
     *
     * @param location empty when no location of the site claims the path: the server block itself
     *     answers
     */
    public record Served(Site site, Optional<Location> location) {}

    /**
     * Finds who serves a request.
     *
     * @param port the client came to; empty when unknown, then all ports count
     * @param host of the Host header or the absolute URI, a port at its end is ignored; empty for
     *     none
     * @param uri as in the request line, with or without query
     * @return empty when nobody listens there
     */
    public Optional<Served> find(OptionalInt port, String host, String uri) {
        SiteIndex sites = port.isPresent() ? byPort.get(port.getAsInt()) : anyPort;
        if (sites == null) {
            return Optional.empty();
        }
        return sites.find(name(host)).map(site -> new Served(site, location(site, uri)));
    }

    /** The location of a known site that serves a URI; empty when the server block itself does. */
    public Optional<Location> location(Site site, String uri) {
        return locations
                .computeIfAbsent(site, s -> new LocationIndex(s.locations(), untranslatable::add))
                .find(RequestPath.of(uri));
    }

    /**
     * Patterns met so far that java.util.regex cannot say: they never match here, so what they
     * claim may be given to another location.
     */
    public List<String> untranslatable() {
        return List.copyOf(untranslatable);
    }

    private void add(Site site) {
        boolean anyDefault = false;
        for (Listen listen : site.listens()) {
            int port = listen.address() instanceof Address.Tcp tcp ? tcp.port() : 0;
            byPort.computeIfAbsent(port, _ -> new SiteIndex())
                    .add(site, listen.defaultServer(), untranslatable::add);
            anyDefault |= listen.defaultServer();
        }
        anyPort.add(site, anyDefault, untranslatable::add);
    }

    private static String name(String host) {
        String name = host.length() > LONGEST_HOST ? host.substring(0, LONGEST_HOST) : host;
        int colon = name.lastIndexOf(':');
        if (colon >= 0 && name.indexOf(']', colon) < 0) {
            name = name.substring(0, colon);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
