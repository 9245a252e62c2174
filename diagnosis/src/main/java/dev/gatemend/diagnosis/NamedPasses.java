package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the configuration speaks of a host name. */
public final class NamedPasses {
    private NamedPasses() {}

    /**
     * Locations that nginx asks a resolver for at run time: those known to come to {@code name}
     * first, then those the failures are logged at, then the rest.
     */
    public static Optional<Location> resolving(Matter matter, String name) {
        List<String> failed = matter.errors().stream().flatMap(g -> g.location().stream()).toList();
        return matter.configuration().stream()
                .flatMap(NginxConfiguration::allLocations)
                .filter(l -> variable(l).isPresent())
                .min(
                        Comparator.comparing((Location l) -> !comesTo(l, name))
                                .thenComparing(l -> !failed.contains(l.match().written())));
    }

    private static boolean comesTo(Location location, String name) {
        return variable(location).filter(v -> v.names().contains(name)).isPresent();
    }

    /** The target with variables, if the location's pass has one. */
    public static Optional<PassTarget.Variable> variable(Location location) {
        return location.pass()
                .map(p -> p.target())
                .filter(PassTarget.Variable.class::isInstance)
                .map(PassTarget.Variable.class::cast);
    }

    /** Names of upstream blocks written in the configuration. */
    public static Stream<String> blocks(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.upstreams().stream())
                .filter(u -> !u.implicit())
                .map(Upstream::name);
    }

    /** Host names that stand for peers in the configuration, addresses left out. */
    public static Stream<String> hosts(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.upstreams().stream())
                .flatMap(u -> u.peers().stream())
                .map(peer -> peer.address())
                .filter(Address.Tcp.class::isInstance)
                .map(Address.Tcp.class::cast)
                .filter(tcp -> !tcp.isLiteral())
                .map(Address.Tcp::host);
    }
}
