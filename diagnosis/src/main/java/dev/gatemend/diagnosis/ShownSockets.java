package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ShownListeners;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where somebody's listing of sockets shows an application, held against where nginx dials. A
 * listing shows what was so when it was typed; of what it does not show nothing is known, unless it
 * was asked for.
 */
final class ShownSockets {
    private ShownSockets() {}

    static Stream<Clue> clues(Matter matter) {
        List<ShownListeners> all = matter.scene().facts(ShownListeners.class).toList();
        if (all.isEmpty() || !concerned(matter)) {
            return Stream.empty();
        }
        return Comparisons.dialled(matter).stream().flatMap(peer -> clues(matter, peer, all));
    }

    private static boolean concerned(Matter matter) {
        return matter.trouble() == Trouble.CONNECT
                || matter.trouble() == Trouble.UNTOLD
                || matter.trouble() == Trouble.NO_PEERS;
    }

    /** A listener with the text that shows it. */
    private record Seen(ShownListeners listing, Listener listener, String program) {
        String who() {
            String name = program.isEmpty() ? "somebody" : program;
            return listing.inside().map(c -> name + " in " + c).orElse(name);
        }

        boolean serves() {
            return !program.isEmpty() && Programs.isRuntime(program);
        }

        Sighting sighting(String meaning) {
            return Sighting.of("shown", meaning, listing.where() + ", so when it was typed");
        }
    }

    private static Stream<Seen> seen(List<ShownListeners> all) {
        return all.stream()
                .flatMap(
                        l ->
                                IntStream.range(0, l.listeners().size())
                                        .mapToObj(
                                                i ->
                                                        new Seen(
                                                                l,
                                                                l.listeners().get(i),
                                                                l.programs().get(i))));
    }

    private static Stream<Clue> clues(Matter matter, Address peer, List<ShownListeners> all) {
        List<Seen> seen = seen(all).toList();
        Optional<Seen> there = seen.stream().filter(s -> reaches(s, peer)).findFirst();
        if (there.isPresent()) {
            return taken(matter, peer, there.get()).stream();
        }
        return switch (peer) {
            case Address.Unix unix -> otherSocket(matter, unix, seen).stream();
            case Address.Tcp tcp ->
                    Stream.concat(
                            samePort(tcp, seen).or(() -> otherPort(matter, tcp, seen)).stream(),
                            nobody(tcp, all).stream());
        };
    }

    /** A name or an address of another host is reached where the port is open to all. */
    private static boolean reaches(Seen seen, Address peer) {
        return Peers.reaches(seen.listener(), peer)
                || (peer instanceof Address.Tcp dialled
                        && seen.listener().address() instanceof Address.Tcp bound
                        && bound.port() == dialled.port()
                        && (bound.isWildcard()
                                ? !dialled.isLiteral()
                                : bound.isLoopback() && dialled.host().equals("localhost")));
    }

    /**
     * It is taken there, and yet nginx was refused: nginx stands elsewhere, or somebody came to
     * listen later.
     */
    private static Optional<Clue> taken(Matter matter, Address peer, Seen seen) {
        boolean oneself = peer instanceof Address.Tcp tcp && Comparisons.isOneself(tcp);
        boolean refused = matter.errno(Errno.ECONNREFUSED).isPresent();
        return oneself && refused && ContainerSigns.isShown(matter)
                ? Optional.of(
                        new Clue(
                                "container-localhost",
                                Strength.STRONG,
                                seen.sighting(
                                        "%s listens on %s, and yet nginx, in a container, is refused there"
                                                .formatted(seen.who(), seen.listener().address()))))
                : Optional.empty();
    }

    /** The port nginx dials, at an address that it does not dial. */
    private static Optional<Clue> samePort(Address.Tcp peer, List<Seen> seen) {
        return seen.stream()
                .filter(
                        s ->
                                s.listener().address() instanceof Address.Tcp t
                                        && t.port() == peer.port())
                .findFirst()
                .flatMap(s -> samePort(peer, s, (Address.Tcp) s.listener().address()));
    }

    private static Optional<Clue> samePort(Address.Tcp peer, Seen seen, Address.Tcp bound) {
        String meaning = "%s listens on %s, nginx dials %s".formatted(seen.who(), bound, peer);
        boolean otherLoopback = bound.isLoopback() && peer.isLoopback();
        if (otherLoopback && bound.isIpv6() != peer.isIpv6()) {
            return Optional.of(new Clue("ipv6-localhost", Strength.STRONG, seen.sighting(meaning)));
        }
        boolean closed = bound.isLoopback() && !Comparisons.isOneself(peer);
        boolean other = !bound.isWildcard() && bound.isLiteral() && peer.isLiteral();
        return closed || other
                ? Optional.of(
                        new Clue("wrong-bind-address", Strength.STRONG, seen.sighting(meaning)))
                : Optional.empty();
    }

    /**
     * An application server or interpreter at another port, the only one that is shown. Ports that
     * are passed to already are those of other applications.
     */
    private static Optional<Clue> otherPort(Matter matter, Address.Tcp peer, List<Seen> seen) {
        List<Address> passedTo = passedTo(matter);
        List<Seen> others =
                seen.stream()
                        .filter(Seen::serves)
                        .filter(s -> s.listener().address() instanceof Address.Tcp)
                        .filter(
                                s ->
                                        passedTo.stream()
                                                .noneMatch(p -> Peers.reaches(s.listener(), p)))
                        .toList();
        long ports =
                others.stream()
                        .map(s -> ((Address.Tcp) s.listener().address()).port())
                        .distinct()
                        .count();
        return ports == 1
                ? others.stream().findFirst().map(s -> clue("wrong-port", s, peer))
                : Optional.empty();
    }

    private static List<Address> passedTo(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.upstreams().stream())
                .flatMap(u -> u.peers().stream())
                .map(p -> p.address())
                .toList();
    }

    private static Clue clue(String cause, Seen seen, Address peer) {
        return new Clue(
                cause,
                Strength.STRONG,
                seen.sighting(
                        "%s listens on %s, nginx dials %s"
                                .formatted(seen.who(), seen.listener().address(), peer)));
    }

    /** Of an application server that nothing passes to, where nginx's socket is missing. */
    private static Optional<Clue> otherSocket(Matter matter, Address.Unix peer, List<Seen> seen) {
        boolean missing = matter.errors().isEmpty() || matter.errno(Errno.ENOENT).isPresent();
        Predicate<Seen> other =
                s -> passedTo(matter).stream().noneMatch(p -> Peers.reaches(s.listener(), p));
        return missing
                ? seen.stream()
                        .filter(Seen::serves)
                        .filter(other)
                        .findFirst()
                        .map(s -> clue("wrong-socket-path", s, peer))
                : Optional.empty();
    }

    /** The listing was narrowed to this port, and shows nobody. */
    private static Optional<Clue> nobody(Address.Tcp peer, List<ShownListeners> all) {
        return all.stream()
                .filter(l -> l.asked().contains(peer.port()))
                .filter(l -> l.listeners().stream().noneMatch(s -> hasPort(s, peer)))
                .findFirst()
                .map(
                        l ->
                                new Clue(
                                        "app-not-running",
                                        Strength.STRONG,
                                        Sighting.of(
                                                "shown",
                                                "asked who listens on port %d, it shows nobody"
                                                        .formatted(peer.port()),
                                                l.where() + ", so when it was typed")));
    }

    private static boolean hasPort(Listener listener, Address.Tcp peer) {
        return listener.address() instanceof Address.Tcp tcp && tcp.port() == peer.port();
    }
}
