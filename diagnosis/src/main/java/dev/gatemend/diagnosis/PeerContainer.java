package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Container;
import dev.gatemend.model.NginxMaster;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers that have to do with a matter: the one behind its peer, and nginx's own. */
public final class PeerContainer {
    /**
     * Ends by a signal of somebody: SIGINT, SIGKILL, SIGTERM (docker stop sends the latter two).
     */
    private static final Set<Integer> TOLD_TO_END = Set.of(0, 130, 137, 143);

    /** Not {@code paused}, which still listens, nor {@code restarting}, which is started anyway. */
    private static final Set<String> ENDED = Set.of("created", "exited", "dead");

    /** A container may share its stack instead of being attached ({@code container:ID}, pods). */
    private static final Set<String> NOT_NETWORKS = Set.of("host", "none");

    private PeerContainer() {}

    /**
     * The containers behind the peer: those that publish the dialled port, where nginx dials the
     * host, and the one that has the dialled address. The one that ended last stands first.
     */
    public static List<Container> of(Matter matter) {
        return matter.tcpPeer().stream()
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(Container.class)
                                        .filter(c -> publishes(matter, c, peer) || has(c, peer)))
                .sorted(Comparator.comparing(PeerContainer::ended).reversed())
                .toList();
    }

    /** The one behind the peer that can be started, if every one behind it has ended. */
    public static Optional<Container> stopped(Matter matter) {
        List<Container> all = of(matter);
        return all.stream().allMatch(c -> ENDED.contains(c.life().state()))
                ? all.stream().findFirst()
                : Optional.empty();
    }

    /** It was told to end, or never started; not one that fell over. */
    public static boolean endedInOrder(Container container) {
        return TOLD_TO_END.contains(container.life().exitCode())
                && !container.life().oomKilled()
                && container.life().error().isEmpty();
    }

    /** The container nginx itself runs in, if its engine could be asked. */
    public static Optional<Container> ofNginx(Matter matter) {
        return matter.master()
                .flatMap(NginxMaster::container)
                .flatMap(
                        id ->
                                matter.scene()
                                        .facts(Container.class)
                                        .filter(c -> c.shortId().equals(id) || c.name().equals(id))
                                        .findFirst());
    }

    /** Whether the engine's name server knows it by this name, on some network. */
    public static boolean isCalled(Container container, String name) {
        return name.equals(container.name())
                || container.composeService().filter(name::equals).isPresent()
                || container.networks().stream().anyMatch(n -> n.aliases().contains(name));
    }

    /**
     * A running container of this name that nginx, in a container itself, cannot find: the engine's
     * name server tells a name only on the networks that both are attached to.
     */
    public static Optional<Container> apart(Matter matter, String name) {
        Optional<Container> own = ofNginx(matter).filter(c -> !networks(c).isEmpty());
        if (own.isEmpty() || !isConfined(matter)) {
            return Optional.empty();
        }
        List<Container> called =
                matter.scene()
                        .facts(Container.class)
                        .filter(Container::isRunning)
                        .filter(c -> !c.equals(own.get()) && !networks(c).isEmpty())
                        .filter(c -> isCalled(c, name))
                        .toList();
        return called.stream().anyMatch(c -> shareNetwork(own.get(), c))
                ? Optional.empty()
                : called.stream().findFirst();
    }

    /** As evidence: {@code shop is on back; nginx's container proxy is on front}. */
    public static String networksApart(Matter matter, Container other) {
        return ofNginx(matter)
                .map(
                        own ->
                                "%s is on %s; nginx's container %s is on %s"
                                        .formatted(
                                                other.name(),
                                                String.join(", ", networks(other)),
                                                own.name(),
                                                String.join(", ", networks(own))))
                .orElse("");
    }

    /** Both are attached to a network of this name; the host's and none are no networks. */
    public static boolean shareNetwork(Container one, Container other) {
        return networks(one).stream().anyMatch(networks(other)::contains);
    }

    /** Names of the networks it is attached to, in alphabetical order. */
    public static Set<String> networks(Container container) {
        return container.networks().stream()
                .map(Container.Attachment::network)
                .filter(n -> !NOT_NETWORKS.contains(n))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Nginx sees a network of its own, not the host's. */
    public static boolean isConfined(Matter matter) {
        return matter.master().flatMap(NginxMaster::container).isPresent()
                && ofNginx(matter)
                        .filter(
                                c ->
                                        c.networks().stream()
                                                .anyMatch(n -> n.network().equals("host")))
                        .isEmpty();
    }

    /** As evidence: {@code container shop (docker) exited at 12:03:07 with code 137}. */
    public static String state(Scene scene, Container container) {
        String at = container.life().finishedAt().map(t -> " at " + scene.clock(t)).orElse("");
        String error = container.life().error();
        return "container %s (%s): %s%s%s"
                .formatted(
                        container.name(),
                        container.engine(),
                        container.life().state(),
                        container.life().state().equals("exited")
                                ? at + " with code " + container.life().exitCode()
                                : "",
                        error.isEmpty() ? "" : ", " + error);
    }

    private static boolean publishes(Matter matter, Container container, Address.Tcp peer) {
        return !isConfined(matter)
                && Peers.isHere(matter.scene(), matter.network(), peer)
                && container.published().stream()
                        .anyMatch(p -> p.port() == peer.port() && binds(p.host(), peer));
    }

    private static boolean binds(String host, Address.Tcp peer) {
        return peer.host().equals("localhost")
                || host.equals(peer.host())
                || (new Address.Tcp(host, 0).isWildcard()
                        && (new Address.Tcp(host, 0).isIpv6() || !peer.isIpv6()));
    }

    private static boolean has(Container container, Address.Tcp peer) {
        return container.networks().stream()
                .flatMap(n -> addresses(n))
                .anyMatch(peer.host()::equals);
    }

    private static Stream<String> addresses(Container.Attachment attachment) {
        return attachment.addresses().stream();
    }

    private static Instant ended(Container container) {
        return container.life().finishedAt().orElse(Instant.EPOCH);
    }
}
