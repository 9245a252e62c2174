package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every peer of every configuration, as nginx reaches it: names resolved by libc, one target for
 * each address and network.
 */
final class ProbeTargets {
    private static final int MOST_OTHER_HOSTS = 2;

    private final Look look;
    private final TroubledPeers trouble;
    private final Map<String, List<String>> addressesOfName = new LinkedHashMap<>();
    private final Map<List<Object>, ProbeTarget> targets = new LinkedHashMap<>();

    private ProbeTargets(Look look) {
        this.look = look;
        this.trouble = TroubledPeers.in(look);
        look.facts(DnsLookup.class)
                .filter(l -> l.resolver().equals(DnsLookup.LIBC))
                .forEach(l -> addressesOfName.put(l.name(), l.addresses()));
    }

    /** Those in trouble first. */
    static List<ProbeTarget> of(Look look) {
        ProbeTargets all = new ProbeTargets(look);
        look.facts(NginxConfiguration.class).forEach(all::add);
        return all.targets.values().stream()
                .sorted(Comparator.comparing(t -> !t.troubled()))
                .toList();
    }

    private void add(NginxConfiguration configuration) {
        List<Optional<NginxMaster>> masters =
                Served.by(look, configuration).stream().map(Optional::of).toList();
        Map<String, List<PassUse>> uses = uses(configuration);
        for (Optional<NginxMaster> master :
                masters.isEmpty() ? List.of(Optional.<NginxMaster>empty()) : masters) {
            for (Upstream upstream : configuration.upstreams()) {
                List<PassUse> of = uses.getOrDefault(upstream.name(), List.of());
                upstream.peers().stream()
                        .filter(p -> !p.down())
                        .forEach(p -> add(master, configuration, upstream, p, of));
            }
        }
    }

    private void add(
            Optional<NginxMaster> master,
            NginxConfiguration configuration,
            Upstream upstream,
            Peer peer,
            List<PassUse> uses) {
        for (Address address : addresses(peer.address())) {
            Set<ProbeTarget.Wish> wishes = EnumSet.noneOf(ProbeTarget.Wish.class);
            wishes.addAll(trouble.about(address, upstream.name()));
            // Only what speaks HTTP is sent HTTP: to others it would be garbage. And a request to
            // nginx itself may go round in it until its connections are used up.
            if (uses.stream().noneMatch(PassUse::http) || isOwn(configuration, address)) {
                boolean wished = wishes.remove(ProbeTarget.Wish.HTTP);
                if (wished && !uses.isEmpty() && uses.stream().allMatch(PassUse::uwsgi)) {
                    wishes.add(ProbeTarget.Wish.UWSGI);
                }
            }
            ProbeTarget target =
                    new ProbeTarget(
                            master,
                            address,
                            uses.stream().flatMap(u -> u.tls().stream()).findFirst(),
                            uses.stream()
                                    .filter(PassUse::http)
                                    .findFirst()
                                    .map(u -> u.hostHeader(address))
                                    .orElse("localhost"),
                            otherHosts(uses, address),
                            wishes);
            targets.merge(List.of(target.networkNamespace(), address), target, ProbeTargets::both);
        }
    }

    /**
     * Of the location that also gives the host; the peer's name is the one it was resolved from.
     */
    private static List<String> otherHosts(List<PassUse> uses, Address address) {
        return uses.stream()
                .filter(PassUse::http)
                .findFirst()
                .map(u -> u.otherHosts(address))
                .orElse(List.of())
                .stream()
                .limit(MOST_OTHER_HOSTS)
                .toList();
    }

    /** nginx itself listens there, as its files say. */
    private static boolean isOwn(NginxConfiguration configuration, Address address) {
        return configuration.sites().stream()
                .filter(site -> !site.stream())
                .flatMap(site -> site.listens().stream())
                .anyMatch(listen -> takes(listen.address(), address));
    }

    private static boolean takes(Address listen, Address address) {
        return listen.equals(address)
                || (listen instanceof Address.Tcp bound
                        && address instanceof Address.Tcp dialled
                        && bound.isWildcard()
                        && dialled.isLoopback()
                        && bound.port() == dialled.port());
    }

    private List<Address> addresses(Address address) {
        if (!(address instanceof Address.Tcp tcp) || tcp.isLiteral()) {
            return List.of(address);
        }
        return addressesOfName.getOrDefault(tcp.host(), List.of()).stream()
                .<Address>map(host -> new Address.Tcp(host, tcp.port()))
                .toList();
    }

    private static ProbeTarget both(ProbeTarget one, ProbeTarget other) {
        Set<ProbeTarget.Wish> wishes = EnumSet.noneOf(ProbeTarget.Wish.class);
        wishes.addAll(one.wishes());
        wishes.addAll(other.wishes());
        return new ProbeTarget(
                one.from(),
                one.address(),
                one.tls().or(other::tls),
                one.hostHeader().equals("localhost") ? other.hostHeader() : one.hostHeader(),
                one.otherHosts().isEmpty() ? other.otherHosts() : one.otherHosts(),
                wishes);
    }

    private static Map<String, List<PassUse>> uses(NginxConfiguration configuration) {
        Map<String, List<PassUse>> uses = new LinkedHashMap<>();
        for (Site site : configuration.sites()) {
            for (Location location : site.allLocations().toList()) {
                location.pass()
                        .ifPresent(
                                pass ->
                                        groups(pass)
                                                .forEach(
                                                        group ->
                                                                uses.computeIfAbsent(
                                                                                group,
                                                                                _ ->
                                                                                        new ArrayList<>())
                                                                        .add(
                                                                                new PassUse(
                                                                                        site,
                                                                                        location,
                                                                                        pass))));
            }
        }
        return uses;
    }

    private static Stream<String> groups(Pass pass) {
        return switch (pass.target()) {
            case PassTarget.Group group -> Stream.of(group.upstream());
            case PassTarget.Variable variable -> variable.possible().stream();
        };
    }
}
