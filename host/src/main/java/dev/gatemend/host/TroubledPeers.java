package dev.gatemend.host;

import dev.gatemend.host.ProbeTarget.Wish;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Site;
import dev.gatemend.model.SocketTable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which peers deserve more than a connect, by what the logs and the sockets said of them. */
final class TroubledPeers {
    /** Words in the ids of messages about an answer that is not the protocol's. */
    private static final List<String> NOT_THE_PROTOCOL =
            List.of(
                    "invalid",
                    "no-valid",
                    "bad-",
                    "unexpected",
                    "unsupported",
                    "ssl-handshake",
                    "prematurely-closed",
                    "premature-",
                    "too-large-frame",
                    "too-big-header");

    private final Map<String, Set<Wish>> wishes = new HashMap<>();

    /** Reads what earlier observers saw. */
    static TroubledPeers in(Look look) {
        TroubledPeers trouble = new TroubledPeers();
        look.facts(ErrorGroup.class).forEach(trouble::note);
        look.facts(AccessGroup.class)
                .filter(g -> g.status() >= 500)
                .forEach(g -> trouble.note(look, g));
        Set<Integer> stopped =
                look.facts(ProcessState.class)
                        .filter(ProcessState::stopped)
                        .map(ProcessState::pid)
                        .collect(Collectors.toSet());
        look.facts(SocketTable.class)
                .flatMap(t -> t.listeners().stream())
                .filter(
                        l ->
                                l.queued().orElse(0) > 0
                                        || l.pids().stream().anyMatch(stopped::contains))
                .map(Listener::address)
                .forEach(a -> trouble.wish(key(a), Wish.HTTP));
        return trouble;
    }

    /**
     * What to ask a peer.
     *
     * @param upstream its group's name, which stands for it in {@code no live upstreams}
     */
    Set<Wish> about(Address peer, String upstream) {
        Set<Wish> all = EnumSet.noneOf(Wish.class);
        all.addAll(wishes.getOrDefault(key(peer), Set.of()));
        all.addAll(wishes.getOrDefault(upstream, Set.of()));
        if (peer instanceof Address.Tcp tcp) {
            // A socket that listens everywhere is listed by its wildcard.
            String everywhere = tcp.isIpv6() ? "[::]:" : "0.0.0.0:";
            all.addAll(wishes.getOrDefault(everywhere + tcp.port(), Set.of()));
        }
        return all;
    }

    private void note(ErrorGroup group) {
        String peer = group.peer().orElse("");
        String address = Address.parse(peer, 80).map(TroubledPeers::key).orElse(peer);
        for (String name : new HashSet<>(List.of(peer, address))) {
            wish(name, Wish.HTTP);
            if (NOT_THE_PROTOCOL.stream().anyMatch(group.id()::contains)) {
                wish(name, Wish.BANNER);
                wish(name, Wish.TLS);
            }
        }
    }

    /** Where the format names no peer, its place tells the upstream if it can be only one. */
    private void note(Look look, AccessGroup group) {
        if (group.upstreamAddresses().isEmpty()) {
            List<String> upstreams =
                    look.facts(NginxMaster.class)
                            .filter(m -> m.pid() == group.nginx())
                            .flatMap(
                                    m ->
                                            look.facts(NginxConfiguration.class)
                                                    .filter(c -> c.isOf(m)))
                            .flatMap(c -> c.sites().stream())
                            .filter(s -> !s.stream() && isOf(group.site(), s.name()))
                            .flatMap(Site::allLocations)
                            .filter(l -> isOf(group.location(), l.match().written()))
                            .flatMap(l -> l.pass().stream())
                            .map(Pass::target)
                            .map(t -> t instanceof PassTarget.Group g ? g.upstream() : "")
                            .distinct()
                            .limit(2)
                            .toList();
            if (upstreams.size() == 1) {
                wish(upstreams.getFirst(), Wish.HTTP);
            }
        }
        for (String address : group.upstreamAddresses().orElse("").split(", | : ", 64)) {
            Address.parse(address.strip(), 80).ifPresent(a -> wish(key(a), Wish.HTTP));
        }
    }

    private static boolean isOf(Optional<String> told, String one) {
        return told.isEmpty() || told.get().equals(one);
    }

    private void wish(String peer, Wish wish) {
        wishes.computeIfAbsent(peer, name -> EnumSet.noneOf(Wish.class)).add(wish);
    }

    private static String key(Address address) {
        return address.toString();
    }
}
