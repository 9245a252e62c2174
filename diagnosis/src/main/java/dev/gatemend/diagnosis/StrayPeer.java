package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dialled address that no file of the configuration names and no name of it resolves to. nginx
 * has it from an earlier time: from files since edited, or from an answer since outdated.
 *
 * @param address as dialled
 * @param meant what the files name now at the place that failed, in the order written; all peers of
 *     the configuration where that place is not known
 */
public record StrayPeer(Address address, List<Peer> meant) {
    public StrayPeer {
        meant = List.copyOf(meant);
    }

    /**
     * Empty where the files name the address, where they could not be followed, and where a request
     * may have chosen it by a variable.
     */
    public static Optional<StrayPeer> of(Matter matter) {
        Optional<NginxConfiguration> files =
                matter.configuration()
                        .filter(c -> c.problems().stream().noneMatch(p -> p.fatal()))
                        .filter(_ -> matter.upstreams().findAny().isEmpty());
        if (files.isEmpty() || matter.peer().isEmpty()) {
            return Optional.empty();
        }
        List<Location> failed = failed(matter, files.get()).toList();
        List<Location> places = failed.isEmpty() ? files.get().allLocations().toList() : failed;
        return places.stream().anyMatch(StrayPeer::leavesItToRequests)
                ? Optional.empty()
                : Optional.of(new StrayPeer(matter.peer().get(), meant(files.get(), places)));
    }

    /**
     * A server line whose name nginx resolved once, at load, to what it dials still; the name has
     * other addresses now.
     */
    public Optional<DnsLookup> outdated(Scene scene) {
        return meant.stream()
                .filter(p -> !p.resolve())
                .map(Peer::address)
                .filter(Address.Tcp.class::isInstance)
                .map(Address.Tcp.class::cast)
                .filter(a -> !a.isLiteral() && hasPort(a.port()))
                .flatMap(a -> scene.lookups(a.host()))
                .filter(l -> l.resolver().equals(DnsLookup.LIBC))
                .filter(l -> l.outcome() == DnsLookup.Outcome.FOUND)
                .findFirst();
    }

    private boolean hasPort(int port) {
        return address instanceof Address.Tcp tcp && tcp.port() == port;
    }

    private static Stream<Location> failed(Matter matter, NginxConfiguration files) {
        return files.sites().stream()
                .flatMap(
                        site ->
                                site.allLocations()
                                        .filter(
                                                l ->
                                                        matter.errors().stream()
                                                                .anyMatch(e -> isAt(e, site, l))));
    }

    private static boolean isAt(ErrorGroup error, Site site, Location location) {
        return error.location().filter(location.match().written()::equals).isPresent()
                && error.site().filter(s -> !s.equals(site.name())).isEmpty();
    }

    private static boolean leavesItToRequests(Location location) {
        return NamedPasses.variable(location).filter(v -> !v.undecided().isEmpty()).isPresent();
    }

    private static List<Peer> meant(NginxConfiguration files, List<Location> places) {
        List<String> groups =
                places.stream()
                        .flatMap(l -> l.pass().stream())
                        .map(Pass::target)
                        .flatMap(StrayPeer::groups)
                        .toList();
        return files.upstreams().stream()
                .filter(u -> groups.contains(u.name()))
                .map(Upstream::peers)
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<String> groups(PassTarget target) {
        return switch (target) {
            case PassTarget.Group group -> Stream.of(group.upstream());
            case PassTarget.Variable variable -> variable.possible().stream();
        };
    }
}
