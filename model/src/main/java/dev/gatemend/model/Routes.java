package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * Where a network namespace sends what is not its own, and which neighbours answered there.
 *
 * @param routes of the main table, IPv4 and IPv6, in the kernel's order; rules that choose another
 *     table (ip-rule(8)) are not among them
 * @param neighbours the kernel asked for on a link, IPv4 only
 * @param complete false when there were more than are kept
 */
public record Routes(
        long networkNamespace, List<Route> routes, List<Neighbour> neighbours, boolean complete)
        implements Fact {
    public Routes {
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
    }

    /**
     * A route.
     *
     * @param destination in CIDR notation, {@code 0.0.0.0/0}
     * @param gateway empty for hosts on the link itself
     * @param refuses it says that there is no way ({@code unreachable}, {@code prohibit})
     */
    public record Route(
            String destination, Optional<String> gateway, String device, boolean refuses) {}

    /**
     * A host on a link.
     *
     * @param answers its link address is known; false while it is asked for in vain
     */
    public record Neighbour(String address, String device, boolean answers) {}
}
