package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The peers of nginx's configurations, and which of them a command line names as its own to listen
 * on.
 *
 * @param peers each once
 */
record PeersNamed(List<Address> peers) {
    private static final int MOST = 500;

    static PeersNamed of(Look look) {
        return new PeersNamed(
                look.facts(NginxConfiguration.class)
                        .flatMap(c -> c.upstreams().stream())
                        .flatMap(u -> u.peers().stream())
                        .map(p -> p.address())
                        .distinct()
                        .limit(MOST)
                        .toList());
    }

    /** Those that this text names. */
    List<Address> in(String text) {
        List<String> words = ListeningWords.in(text);
        return words.isEmpty() ? List.of() : among(words.stream());
    }

    /** Those that one of these addresses or bare ports serves. */
    List<Address> among(Stream<String> words) {
        List<String> all = words.toList();
        return peers.stream().filter(p -> all.stream().anyMatch(word -> serves(word, p))).toList();
    }

    private static boolean serves(String word, Address peer) {
        return switch (peer) {
            case Address.Unix _ -> word.equals(peer.toString());
            case Address.Tcp tcp ->
                    word.equals(Integer.toString(tcp.port()))
                            || Address.parse(word, 0)
                                    .filter(Address.Tcp.class::isInstance)
                                    .map(Address.Tcp.class::cast)
                                    .filter(a -> serves(a, tcp))
                                    .isPresent();
        };
    }

    private static boolean serves(Address.Tcp bound, Address.Tcp peer) {
        return bound.port() == peer.port()
                && (bound.host().equals(peer.host())
                        || bound.isWildcard()
                        || (isLocal(bound) && isLocal(peer)));
    }

    private static boolean isLocal(Address.Tcp address) {
        return address.isLoopback() || address.host().equals("localhost");
    }
}
