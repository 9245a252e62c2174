package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.AddressRange;
import dev.gatemend.model.Routes;
import dev.gatemend.model.Routes.Neighbour;
import dev.gatemend.model.Routes.Route;
import java.util.Comparator;
import java.util.Optional;

/**
 * The way from nginx's network to a peer, as far as the kernel's tables tell: the first step of it.
 *
 * @param tables they were read from
 * @param route the most special one that covers the peer; empty when none does
 * @param next the host that the first step leads to, the peer itself or a gateway; empty when
 *     nothing is known of it
 */
public record Way(Routes tables, Optional<Route> route, Optional<Neighbour> next) {
    /** Empty where the peer is no address, or the tables could not be read. */
    public static Optional<Way> to(Matter matter) {
        return matter.tcpPeer()
                .filter(Address.Tcp::isLiteral)
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(Routes.class)
                                        .filter(r -> r.networkNamespace() == matter.network())
                                        .findFirst()
                                        .map(tables -> of(tables, peer.host())));
    }

    private static Way of(Routes tables, String host) {
        Optional<Route> route =
                tables.routes().stream()
                        .filter(r -> covers(r, host))
                        .max(Comparator.comparingInt(Way::length));
        Optional<Neighbour> next =
                // A refusing route leads to no step, whatever neighbours are still known.
                route.filter(r -> !r.refuses())
                        .map(r -> r.gateway().orElse(host))
                        .flatMap(
                                step ->
                                        tables.neighbours().stream()
                                                .filter(n -> n.address().equals(step))
                                                .findFirst());
        return new Way(tables, route, next);
    }

    private static boolean covers(Route route, String host) {
        return AddressRange.parse(route.destination()).filter(r -> r.contains(host)).isPresent();
    }

    private static int length(Route route) {
        return Integer.parseInt(route.destination().replaceFirst("^.*/", ""));
    }

    /** No route covers the peer, or the one that does says that there is no way. */
    public boolean isMissing() {
        return tables.complete() && route.filter(r -> !r.refuses()).isEmpty();
    }

    /**
     * A route says that there is no way. One of type prohibit fails a connect with errno 13 at
     * once, one of type unreachable with 113, throw with 101 (net/ipv4/fib_semantics.c, fib_props).
     */
    public boolean isRefused() {
        return route.filter(Route::refuses).isPresent();
    }

    /** The next host is asked for its link address and does not answer. */
    public boolean isSilent() {
        return next.filter(n -> !n.answers()).isPresent();
    }

    /** The peer is on a link of nginx's own, and its link address is known. */
    public boolean isThere() {
        return route.filter(r -> r.gateway().isEmpty()).isPresent()
                && next.filter(Neighbour::answers).isPresent();
    }

    /** Whether any route leads IPv6 off this host. */
    public boolean hasIpv6() {
        return tables.routes().stream()
                .anyMatch(
                        r ->
                                !r.refuses()
                                        && r.destination().contains(":")
                                        && !r.destination().startsWith("fe80:")
                                        && !r.destination().startsWith("ff00:"));
    }
}
