package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matters no request has met yet: a peer that nginx passes to and that cannot be reached now, a
 * full file system, a temp directory closed to the worker. What already fails in traffic is left to
 * the logs.
 */
final class LatentMatters {
    private LatentMatters() {}

    static List<Matter> in(Scene scene, List<Matter> traffic) {
        return scene.masters().stream().flatMap(m -> in(scene, m, traffic)).distinct().toList();
    }

    private static Stream<Matter> in(Scene scene, NginxMaster master, List<Matter> traffic) {
        List<Matter> known =
                traffic.stream()
                        .filter(t -> t.master().filter(master::equals).isPresent())
                        .toList();
        Stream<Matter> peers =
                scene.configurationOf(master).stream()
                        .flatMap(c -> unreachable(scene, c))
                        .filter(
                                a ->
                                        known.stream()
                                                .noneMatch(
                                                        k ->
                                                                k.peer()
                                                                        .filter(a::equals)
                                                                        .isPresent()))
                        .distinct()
                        .map(a -> matter(scene, master, Trouble.CONNECT, Optional.of(a)));
        boolean localTrouble = known.stream().anyMatch(k -> k.trouble() == Trouble.LOCAL);
        Stream<Matter> local =
                !localTrouble && somethingClosed(scene)
                        ? Stream.of(matter(scene, master, Trouble.LOCAL, Optional.empty()))
                        : Stream.empty();
        return Stream.concat(peers, local);
    }

    private static Stream<Address> unreachable(Scene scene, NginxConfiguration configuration) {
        return configuration.upstreams().stream()
                .filter(u -> isPassedTo(configuration, u))
                .flatMap(u -> u.peers().stream())
                .filter(p -> !p.down() && !p.backup())
                .flatMap(p -> dialled(scene, p))
                .filter(a -> cannotBeReached(scene, a));
    }

    private static boolean isPassedTo(NginxConfiguration configuration, Upstream upstream) {
        return configuration
                .allLocations()
                .map(l -> l.pass())
                .flatMap(Optional<Pass>::stream)
                .anyMatch(p -> Peers.leadsTo(p, List.of(upstream)));
    }

    /** The addresses nginx dials for a server line: itself, or what its name resolves to. */
    private static Stream<Address> dialled(Scene scene, Peer peer) {
        return scene.facts(PeerProbe.class)
                .map(PeerProbe::peer)
                .filter(a -> Peers.means(scene, peer.address(), a))
                .distinct();
    }

    private static boolean cannotBeReached(Scene scene, Address address) {
        boolean refused =
                scene.probe(address, PeerProbe.Kind.CONNECT)
                        .map(PeerProbe::outcome)
                        .filter(
                                o ->
                                        o instanceof ProbeOutcome.ConnectFailed
                                                || o instanceof ProbeOutcome.ConnectTimedOut)
                        .isPresent();
        return refused || (address instanceof Address.Unix unix && isDenied(scene, unix));
    }

    private static boolean isDenied(Scene scene, Address.Unix socket) {
        return scene.walk(socket.path(), PathWalk.Purpose.PEER_SOCKET)
                .filter(w -> !w.steps().isEmpty() && w.stopped().isEmpty())
                .filter(
                        w ->
                                Access.closedDirectory(w).isPresent()
                                        || (w.steps().getLast().kind() == FileKind.SOCKET
                                                && !Access.mayConnect(
                                                        w.steps().getLast(), w.traveller())))
                .isPresent();
    }

    private static boolean somethingClosed(Scene scene) {
        boolean full =
                scene.facts(FileSystemSpace.class).anyMatch(s -> s.full() || s.outOfInodes());
        return full
                || scene.walks(PathWalk.Purpose.TEMP_DIRECTORY).anyMatch(LatentMatters::isClosed);
    }

    private static boolean isClosed(PathWalk walk) {
        return !walk.steps().isEmpty()
                && walk.stopped().isEmpty()
                && walk.steps().getLast().kind() == FileKind.DIRECTORY
                && (Access.closedDirectory(walk).isPresent()
                        || !Access.mayCreateIn(walk.steps().getLast(), walk.traveller()));
    }

    private static Matter matter(
            Scene scene, NginxMaster master, Trouble trouble, Optional<Address> peer) {
        return new Matter(
                scene,
                Symptom.Kind.LATENT,
                trouble,
                Optional.of(master),
                Optional.empty(),
                scene.configurationOf(master),
                peer,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
