package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import dev.gatemend.nginx.config.LocationFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A pass that leads, perhaps over further ones, back to the location it stands in: a request goes
 * round until nginx has no connection left for it.
 *
 * <p>Followed as nginx would: the peer is one of its own listeners, the Host header sent there
 * (proxy_set_header, else $proxy_host) chooses the site, and the URI the location
 * (ngx_http_find_virtual_server, ngx_http_core_find_location).
 *
 * @param pass the first of the circle
 * @param peer nginx's own listening address that it leads to
 * @param site that takes the request there
 * @param locations of the circle, in their order
 */
public record PassLoop(Pass pass, Address peer, Site site, List<Location> locations) {
    /** A way longer than this is no slip of the pen. */
    private static final int LONGEST = 6;

    private static final int MOST_LOCATIONS = 2_000;

    public PassLoop {
        locations = List.copyOf(locations);
    }

    /** Where a request is, and under which name and path. */
    private record Stand(Site site, Location location, String host, String uri) {}

    /** The first circle of the configuration that nginx reads. */
    public static Optional<PassLoop> of(Matter matter) {
        return matter.configuration().flatMap(c -> new Follower(matter, c).find());
    }

    private static final class Follower {
        private final Matter matter;
        private final NginxConfiguration files;
        private final LocationFinder finder;

        Follower(Matter matter, NginxConfiguration files) {
            this.matter = matter;
            this.files = files;
            this.finder = new LocationFinder(files);
        }

        Optional<PassLoop> find() {
            return files.sites().stream()
                    .filter(s -> !s.stream())
                    .flatMap(s -> s.locations().stream().map(l -> start(s, l)))
                    .limit(MOST_LOCATIONS)
                    .flatMap(Optional::stream)
                    .flatMap(start -> circle(start).stream())
                    .findFirst();
        }

        /** A request that the location would serve: only of plain paths one can be made up. */
        private static Optional<Stand> start(Site site, Location location) {
            return switch (location.match()) {
                case LocationMatch.Exact exact ->
                        Optional.of(new Stand(site, location, host(site), exact.path()));
                case LocationMatch.Prefix prefix ->
                        Optional.of(new Stand(site, location, host(site), prefix.path()));
                case LocationMatch.Regex _,
                        LocationMatch.Named _,
                        LocationMatch.If _,
                        LocationMatch.LimitExcept _,
                        LocationMatch.Server _ ->
                        Optional.empty();
            };
        }

        private static String host(Site site) {
            String name = site.name();
            return name.startsWith("~") || name.contains("*") ? "" : name;
        }

        private Optional<PassLoop> circle(Stand start) {
            List<Location> way = new ArrayList<>();
            Optional<Stand> at = Optional.of(start);
            while (at.isPresent() && way.size() < LONGEST) {
                way.add(at.get().location());
                at = at.flatMap(this::next);
                if (at.filter(s -> s.location().equals(start.location())).isPresent()) {
                    return loop(start, way);
                }
            }
            return Optional.empty();
        }

        private Optional<PassLoop> loop(Stand start, List<Location> way) {
            Pass pass = start.location().pass().orElseThrow();
            return next(start)
                    .flatMap(
                            second ->
                                    ownPeer(pass)
                                            .map(
                                                    peer ->
                                                            new PassLoop(
                                                                    pass,
                                                                    peer,
                                                                    second.site(),
                                                                    way)));
        }

        /** Who takes what is passed on here, if it is this nginx again. */
        private Optional<Stand> next(Stand at) {
            return at.location()
                    .pass()
                    .filter(p -> p.kind() == PassKind.PROXY)
                    .flatMap(p -> next(at, p));
        }

        private Optional<Stand> next(Stand at, Pass pass) {
            Optional<String> host = sent(at, pass);
            Optional<Address> peer = ownPeer(pass);
            if (host.isEmpty() || peer.isEmpty()) {
                return Optional.empty();
            }
            String uri = uri(at, pass);
            OptionalInt port =
                    peer.get() instanceof Address.Tcp tcp
                            ? OptionalInt.of(tcp.port())
                            : OptionalInt.of(0);
            return finder.find(port, host.get(), uri)
                    .flatMap(
                            served ->
                                    served.location()
                                            .map(
                                                    l ->
                                                            new Stand(
                                                                    served.site(),
                                                                    l,
                                                                    host.get(),
                                                                    uri)));
        }

        /** The only peer of the pass, where nginx itself listens on it. */
        private Optional<Address> ownPeer(Pass pass) {
            if (!(pass.target() instanceof PassTarget.Group group)) {
                return Optional.empty();
            }
            return files.upstream(group.upstream())
                    .filter(u -> u.peers().size() == 1)
                    .map(Upstream::peers)
                    .map(peers -> peers.getFirst().address())
                    .filter(this::isOwn);
        }

        private boolean isOwn(Address written) {
            return files.sites().stream()
                            .filter(s -> !s.stream())
                            .flatMap(s -> s.listens().stream())
                            .map(Listen::address)
                            .anyMatch(listen -> takes(listen, written))
                    && !isOfAnother(written);
        }

        private boolean takes(Address listen, Address written) {
            if (listen.equals(written)) {
                return true;
            }
            return listen instanceof Address.Tcp bound
                    && written instanceof Address.Tcp dialled
                    && bound.port() == dialled.port()
                    && (Peers.means(matter.scene(), dialled, bound)
                            || (bound.isWildcard() && isHere(dialled)));
        }

        private boolean isHere(Address.Tcp dialled) {
            return Peers.isHere(matter.scene(), matter.network(), dialled)
                    || matter.scene()
                            .lookups(dialled.host())
                            .flatMap(l -> l.addresses().stream())
                            .map(a -> new Address.Tcp(a, dialled.port()))
                            .anyMatch(a -> Peers.isHere(matter.scene(), matter.network(), a));
        }

        /** The kernel's table says that another process listens there. */
        private boolean isOfAnother(Address written) {
            return matter.sockets()
                    .flatMap(t -> Peers.listenerFor(t, written))
                    .filter(l -> !l.pids().isEmpty())
                    .filter(l -> matter.master().filter(m -> l.pids().contains(m.pid())).isEmpty())
                    .isPresent();
        }

        /** The host the next site is chosen by; empty where only a request decides. */
        private static Optional<String> sent(Stand at, Pass pass) {
            String set =
                    at.location().settings().all("proxy_set_header").stream()
                            .filter(s -> s.value().toLowerCase(Locale.ROOT).equals("host"))
                            .map(Setting::arguments)
                            .filter(a -> a.size() > 1)
                            .map(a -> a.get(1))
                            .reduce("$proxy_host", (first, second) -> second);
            return switch (set) {
                case "$host", "$http_host", "$host:$server_port", "$server_name" ->
                        Optional.of(at.host());
                case "$proxy_host" -> Optional.of(authority(pass));
                default -> set.contains("$") ? Optional.empty() : Optional.of(set);
            };
        }

        private static String authority(Pass pass) {
            String rest = pass.written().replaceFirst("^[a-z]{1,8}://", "");
            int slash = rest.startsWith("unix:") ? -1 : rest.indexOf('/');
            return rest.startsWith("unix:")
                    ? "localhost"
                    : slash < 0 ? rest : rest.substring(0, slash);
        }

        /** A URI in the pass takes the place of the location's prefix. */
        private static String uri(Stand at, Pass pass) {
            String rest = pass.written().replaceFirst("^[a-z]{1,8}://", "");
            int slash = rest.startsWith("unix:") ? rest.indexOf(":/", 5) + 1 : rest.indexOf('/');
            if (slash <= 0 || !(at.location().match() instanceof LocationMatch.Prefix prefix)) {
                return at.uri();
            }
            String tail =
                    at.uri().startsWith(prefix.path())
                            ? at.uri().substring(prefix.path().length())
                            : "";
            return rest.substring(slash) + tail;
        }
    }

    /** Whether a matter's peer or place belongs to the circle. */
    public boolean concerns(Matter matter) {
        boolean byPeer = matter.peer().filter(p -> isPeer(matter, p)).isPresent();
        return byPeer || places(matter).anyMatch(this::isPlace);
    }

    private boolean isPeer(Matter matter, Address dialled) {
        return Peers.means(matter.scene(), peer, dialled);
    }

    private static Stream<String> places(Matter matter) {
        return Stream.concat(
                        matter.errors().stream().map(e -> e.location()),
                        matter.accesses().stream()
                                .filter(a -> a.status() >= 500)
                                .map(a -> a.location()))
                .flatMap(Optional::stream);
    }

    private boolean isPlace(String written) {
        return locations.stream().anyMatch(l -> l.match().written().equals(written));
    }
}
