package dev.gatemend.host;

import dev.gatemend.model.Ipv6Text;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Routes;
import dev.gatemend.model.Routes.Neighbour;
import dev.gatemend.model.Routes.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Routes and neighbours of the network each nginx lives in, from the kernel's own tables: {@code
 * net/route}, {@code net/ipv6_route} and {@code net/arp} (proc_net(5)), which can be read without
 * entering the namespace. It looks last: a probe just before makes the kernel ask for neighbours.
 */
public final class Ways implements Observer {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ROUTES = 2_000;
    private static final int MOST_NEIGHBOURS = 2_000;

    /** RTF_UP, RTF_GATEWAY and RTF_REJECT of linux/route.h, RTF_LOCAL of linux/ipv6_route.h. */
    private static final long UP = 0x1;

    private static final long GATEWAY = 0x2;
    private static final long REJECT = 0x200;
    private static final long LOCAL = 0x8000_0000L;

    /** ATF_COM of linux/if_arp.h: the link address is known. */
    private static final int COMPLETE = 0x2;

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public void look(Look look) throws IOException {
        Map<Long, Integer> pidOfNetwork = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .forEach(m -> pidOfNetwork.putIfAbsent(m.namespaces().network(), m.pid()));
        for (Map.Entry<Long, Integer> network : pidOfNetwork.entrySet()) {
            look.add(of(look.host(), network.getKey(), network.getValue()), "ip route; ip neigh");
        }
    }

    private static Routes of(Host host, long network, int pid) throws IOException {
        String v4 = table(host, pid, "route");
        String v6 = optional(host, pid, "ipv6_route");
        List<Route> routes = new ArrayList<>();
        v4.lines().skip(1).flatMap(l -> route4(l).stream()).limit(MOST_ROUTES).forEach(routes::add);
        v6.lines().flatMap(l -> route6(l).stream()).limit(MOST_ROUTES).forEach(routes::add);
        List<Neighbour> neighbours =
                optional(host, pid, "arp")
                        .lines()
                        .skip(1)
                        .flatMap(l -> neighbour(l).stream())
                        .limit(MOST_NEIGHBOURS)
                        .toList();
        boolean complete =
                Stream.of(v4, v6)
                        .allMatch(
                                t ->
                                        t.length() < MOST_BYTES
                                                && t.lines().limit(MOST_ROUTES + 1L).count()
                                                        < MOST_ROUTES);
        return new Routes(network, routes, neighbours, complete);
    }

    /** {@code eth0 000200C0 00000000 0001 0 0 0 00FFFFFF ...}; numbers in the host's byte order. */
    private static Optional<Route> route4(String line) {
        String[] words = line.strip().split("\\s+", 12);
        if (words.length < 8
                || !words[1].matches("[0-9A-F]{8}")
                || !words[2].matches("[0-9A-F]{8}")
                || !words[3].matches("[0-9A-F]{1,8}")
                || !words[7].matches("[0-9A-F]{8}")) {
            return Optional.empty();
        }
        long flags = Long.parseLong(words[3], 16);
        int length = Integer.bitCount(Integer.parseUnsignedInt(words[7], 16));
        return (flags & UP) == 0
                ? Optional.empty()
                : Optional.of(
                        new Route(
                                ipv4(words[1]) + "/" + length,
                                (flags & GATEWAY) == 0
                                        ? Optional.empty()
                                        : Optional.of(ipv4(words[2])),
                                words[0],
                                (flags & REJECT) != 0));
    }

    private static String ipv4(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return "%d.%d.%d.%d"
                .formatted(bytes[3] & 255, bytes[2] & 255, bytes[1] & 255, bytes[0] & 255);
    }

    /**
     * Destination, its length, source, its length, next hop, metric, two counters, flags, device.
     * The kernel's own addresses and its last word, 'no way', are left out.
     */
    private static Optional<Route> route6(String line) {
        String[] words = line.strip().split("\\s+", 11);
        if (words.length < 10
                || !words[0].matches("[0-9a-f]{32}")
                || !words[1].matches("[0-9a-f]{2}")
                || !words[4].matches("[0-9a-f]{32}")
                || !words[8].matches("[0-9a-f]{8}")) {
            return Optional.empty();
        }
        long flags = Long.parseLong(words[8], 16);
        boolean own = (flags & LOCAL) != 0 || (words[9].equals("lo") && (flags & REJECT) != 0);
        return own || ((flags & UP) == 0 && (flags & REJECT) == 0)
                ? Optional.empty()
                : Optional.of(
                        new Route(
                                ipv6(words[0]) + "/" + Integer.parseInt(words[1], 16),
                                (flags & GATEWAY) == 0
                                        ? Optional.empty()
                                        : Optional.of(ipv6(words[4])),
                                words[9],
                                (flags & REJECT) != 0));
    }

    private static String ipv6(String hex) {
        return Ipv6Text.of(HexFormat.of().parseHex(hex));
    }

    /** {@code 192.0.2.1 0x1 0x2 02:fc:00:00:00:05 * eth0}. */
    private static Optional<Neighbour> neighbour(String line) {
        String[] words = line.strip().split("\\s+", 7);
        return words.length < 6 || !words[2].matches("0x[0-9a-f]{1,4}")
                ? Optional.empty()
                : Optional.of(
                        new Neighbour(
                                words[0],
                                words[5],
                                (Integer.parseInt(words[2].substring(2), 16) & COMPLETE) != 0));
    }

    private static String table(Host host, int pid, String name) throws IOException {
        return SmallFile.read(host.proc().resolve(pid + "/net/" + name), MOST_BYTES);
    }

    /** The IPv6 table is missing where IPv6 is switched off in the kernel. */
    private static String optional(Host host, int pid, String name) {
        try {
            return table(host, pid, name);
        } catch (IOException e) {
            return "";
        }
    }
}
