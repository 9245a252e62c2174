package dev.gatemend.watch;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Upstream;
import dev.gatemend.nginx.traffic.AnsweredRequest;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Kind;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells at which place a request failed or was answered, as the configurations say: a peer of one
 * upstream alone stands for that upstream. Immutable.
 */
final class Places {
    private static final int CLIENT_WENT_AWAY = 499;

    private final Map<String, String> upstreamOfPeer = new HashMap<>();
    private final Set<String> upstreams = new HashSet<>();
    private final Set<String> ofSeveral = new HashSet<>();
    private final Set<String> sites = new HashSet<>();

    Places(List<NginxConfiguration> configurations) {
        Set<String> shared = new HashSet<>();
        for (NginxConfiguration configuration : configurations) {
            configuration.sites().forEach(site -> sites.addAll(site.names()));
            configuration.upstreams().stream()
                    .filter(upstream -> !upstream.stream())
                    .forEach(upstream -> add(upstream, shared));
        }
        shared.forEach(upstreamOfPeer::remove);
    }

    private void add(Upstream upstream, Set<String> shared) {
        List<Address> addresses = upstream.peers().stream().map(peer -> peer.address()).toList();
        boolean ofLocalhost = addresses.stream().anyMatch(Places::isLocalhost);
        if (upstream.implicit() && !ofLocalhost) {
            return;
        }
        upstreams.add(upstream.name());
        List<String> all = addresses.stream().flatMap(one -> written(one).stream()).toList();
        if (all.size() > 1) {
            ofSeveral.addAll(all);
        }
        for (Address address : addresses) {
            for (String written : written(address)) {
                String other = upstreamOfPeer.putIfAbsent(written, upstream.name());
                if (other != null && !other.equals(upstream.name())) {
                    shared.add(written);
                }
            }
        }
    }

    private static boolean isLocalhost(Address address) {
        return address instanceof Address.Tcp tcp && tcp.host().equals("localhost");
    }

    /** {@code localhost} is two addresses, and nginx logs those. */
    private static List<String> written(Address address) {
        return address instanceof Address.Tcp tcp && isLocalhost(address)
                ? List.of("127.0.0.1:" + tcp.port(), "[::1]:" + tcp.port())
                : List.of(address.toString());
    }

    /**
     * Empty for what is no failure of a request, an entry that names no peer; and for a request
     * whose entry was taken already, before the access log had its line.
     */
    Optional<Failure> failure(TrafficEvent event) {
        Optional<String> peer = peer(event);
        boolean retried = peer.filter(ofSeveral::contains).isPresent();
        boolean nobodyFailed = event.kind() == Kind.ENTRY && peer.isEmpty();
        if (nobodyFailed || (wasTaken(event) && !(retried && event.kind() == Kind.FAILED))) {
            return Optional.empty();
        }
        // What a client asked for as its host is no site.
        Optional<String> site =
                event.site().or(() -> event.said().flatMap(Said::server)).filter(sites::contains);
        Place place =
                peer.map(this::ofPeer)
                        .or(() -> event.upstream().map(this::ofPeer))
                        .or(() -> site.map(name -> new Place(Place.Kind.SITE, name)))
                        .orElseGet(() -> new Place(Place.Kind.LOG, event.log()));
        return Optional.of(
                new Failure(
                        place,
                        // Of an entry without its request nobody knows yet how that ended; another
                        // peer may answer it.
                        event.kind() == Kind.RETRIED || (event.kind() == Kind.ENTRY && retried),
                        event.status(),
                        site,
                        peer.filter(name -> !upstreams.contains(name)),
                        event.client(),
                        event.path().orElse(""),
                        event.log(),
                        event.line().isPresent() && !event.attempts().isEmpty(),
                        line(event)));
    }

    private static boolean wasTaken(TrafficEvent event) {
        return event.kind() != Kind.ENTRY && event.said().filter(Said::told).isPresent();
    }

    /** Where it was answered; empty where the log does not name who answered. */
    Optional<Place> answered(AnsweredRequest request) {
        return request.peer().map(this::ofPeer);
    }

    /** A request that says nothing about who should have answered: the client did not wait. */
    static boolean saysNothing(AnsweredRequest request) {
        return request.status() == CLIENT_WENT_AWAY;
    }

    /** Of a retry the one that failed, else the one that was asked last. */
    private static Optional<String> peer(TrafficEvent event) {
        Optional<String> tried =
                event.kind() == Kind.RETRIED
                        ? event.attempts().stream()
                                .filter(attempt -> attempt.status() >= 500)
                                .map(Attempt::peer)
                                .findFirst()
                        : event.attempts().stream().map(Attempt::peer).reduce((_, last) -> last);
        return tried.or(() -> event.said().flatMap(Said::peer));
    }

    private Place ofPeer(String peer) {
        if (upstreams.contains(peer)) {
            return new Place(Place.Kind.UPSTREAM, peer);
        }
        String upstream = upstreamOfPeer.get(peer);
        return upstream == null
                ? new Place(Place.Kind.PEER, peer)
                : new Place(Place.Kind.UPSTREAM, upstream);
    }

    private static String line(TrafficEvent event) {
        Optional<String> said =
                event.said().map(s -> s.level().map(l -> "[" + l + "] ").orElse("") + s.message());
        return String.join(
                " | ",
                event.line()
                        .map(l -> List.of(l, said.orElse("")))
                        .orElse(List.of(said.orElse(""))));
    }
}
