package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.LoopbackTwin;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.Container;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Optional;

/** nginx in a container dials localhost and means the host or another container. */
public final class ContainerLocalhost implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "container-localhost",
                    Group.WRONG_PLACE,
                    Frequency.COMMON,
                    "nginx runs in a container and dials localhost, which is the container itself",
                    """
                    A container has a loopback of its own. 127.0.0.1 in an nginx that runs in a container reaches neither \
                    the host nor another container, so the connect is refused (errno 111) though curl on the host succeeds.""",
                    "Nobody listens in nginx's own network namespace; somebody listens on that port in another.",
                    List.of(),
                    List.of(
                            "publishing the application's port: that opens it on the host, not in nginx's container",
                            "checking with curl on the host: its localhost is another one"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Refusal> refusal = Refusal.of(matter);
        Optional<Address.Tcp> peer =
                matter.tcpPeer().filter(p -> p.isLoopback() || p.host().equals("localhost"));
        if (refusal.isEmpty()
                || peer.isEmpty()
                || !(PeerContainer.isConfined(matter) || isApart(matter, peer.get()))
                || LoopbackTwin.of(matter).isPresent()) {
            return Judgement.notConcerned();
        }
        return matter.listener().isPresent()
                ? Judgement.ruledOut(
                        "somebody listens on %s in nginx's container".formatted(peer.get()))
                : argue(matter, peer.get(), refusal.get());
    }

    /**
     * In no container, yet in another network namespace than the one looked from (ip netns,
     * PrivateNetwork=), where the port is taken.
     */
    private static boolean isApart(Matter matter, Address.Tcp peer) {
        return !isContained(matter)
                && matter.sockets().isPresent()
                && matter.scene()
                        .ownSockets()
                        .filter(t -> t.networkNamespace() != matter.network())
                        .filter(t -> t.listeners().stream().anyMatch(l -> hasPort(l, peer)))
                        .isPresent();
    }

    private static boolean isContained(Matter matter) {
        return matter.master().flatMap(NginxMaster::container).isPresent();
    }

    private static Judgement argue(Matter matter, Address.Tcp peer, Refusal refusal) {
        return isContained(matter)
                ? inContainer(matter, peer, refusal)
                : inNamespace(matter, peer, refusal);
    }

    private static Judgement inNamespace(Matter matter, Address.Tcp peer, Refusal refusal) {
        Argument argument =
                Argument.that(
                        "peer:" + peer,
                        "nginx dials %s in a network namespace of its own, the host's is another"
                                .formatted(peer));
        argument.becauseLikeRivals(MODERATE, refusal.sighting());
        nobodyListens(matter, peer, argument);
        matter.master()
                .ifPresent(
                        m ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(
                                                        m,
                                                        "nginx (PID %d) stands in network namespace %d, with a loopback of its own"
                                                                .formatted(
                                                                        m.pid(),
                                                                        m.namespaces()
                                                                                .network()))));
        // A common port may be taken on the host by something else.
        onHost(matter, peer)
                .ifPresent(
                        table ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        table,
                                                        "somebody listens on port %d in the host's network"
                                                                .formatted(peer.port()))));
        // An answer from that address came from nginx's own side: the application belongs there.
        PeerHistory.answeredUntil(matter).ifPresent(a -> argument.against(STRONG, a));
        argument.explain(
                "%s is the loopback of nginx's own network namespace, where nobody listens on port %d; curl on the host reaches another one."
                        .formatted(peer.host(), peer.port()));
        argument.now(
                "see whether the host's listener is meant; if so, let nginx dial an address of the host that its namespace reaches",
                Risk.LOW,
                Steps.edit(
                        "sudo ss -ltnp 'sport = :%d' on the host names the program"
                                .formatted(peer.port())),
                Steps.edit(
                        "bind the application to the host's end of the link between the two, and %s write that address in place of %s"
                                .formatted(Steps.atNamed(matter), peer)),
                Steps.reload(matter));
        argument.toStay(
                "or run both in one network namespace (PrivateNetwork=, NetworkNamespacePath= and ip netns keep them apart)",
                Risk.LOW);
        argument.wontHelp("checking with curl on the host: its localhost is another one");
        return argument.judgement();
    }

    private static void nobodyListens(Matter matter, Address.Tcp peer, Argument argument) {
        PeerSide.of(matter)
                .ifPresentOrElse(
                        s ->
                                argument.becauseLikeRivals(
                                        s.absence(),
                                        matter.scene()
                                                .sighting(
                                                        s.table(),
                                                        "nobody listens on %s in nginx's network"
                                                                .formatted(peer))),
                        () -> argument.missing("sockets", "who listens in nginx's network"));
    }

    private static Judgement inContainer(Matter matter, Address.Tcp peer, Refusal refusal) {
        String own = name(matter);
        Argument argument =
                Argument.that(
                        "peer:" + peer,
                        "nginx dials %s, which is its own container %s".formatted(peer, own));
        argument.becauseLikeRivals(MODERATE, refusal.sighting());
        nobodyListens(matter, peer, argument);
        // Containers that share a network namespace do meet at localhost, so this alone is not
        // proof.
        matter.master()
                .ifPresent(
                        m ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        m,
                                                        "nginx (PID %d) runs in container %s, with a loopback of its own"
                                                                .formatted(m.pid(), own))));
        argument.explain(
                "In container %s, %s is the container itself; nobody listens on port %d there."
                        .formatted(own, peer.host(), peer.port()));
        Optional<Container> meant = meant(matter, peer);
        meant.ifPresent(c -> toContainer(matter, peer, c, argument));
        onHost(matter, peer).ifPresent(table -> toHost(matter, peer, table, meant, argument));
        if (meant.isEmpty() && onHost(matter, peer).isEmpty()) {
            unknownTarget(peer, argument);
        }
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String name(Matter matter) {
        return PeerContainer.ofNginx(matter)
                .map(Container::name)
                .or(() -> matter.master().flatMap(NginxMaster::container))
                .orElse("");
    }

    /** Another container whose inner port it is; empty when several could be meant. */
    private static Optional<Container> meant(Matter matter, Address.Tcp peer) {
        Optional<Container> own = PeerContainer.ofNginx(matter);
        List<Container> all =
                matter.scene()
                        .facts(Container.class)
                        .filter(Container::isRunning)
                        .filter(c -> own.filter(c::equals).isEmpty())
                        .filter(
                                c ->
                                        c.exposed().contains(peer.port())
                                                || c.published().stream()
                                                        .anyMatch(p -> p.port() == peer.port()))
                        .toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static Optional<SocketTable> onHost(Matter matter, Address.Tcp peer) {
        return matter.scene()
                .facts(SocketTable.class)
                .filter(t -> t.networkNamespace() != matter.network())
                .filter(t -> t.listeners().stream().anyMatch(l -> hasPort(l, peer)))
                .findFirst();
    }

    private static boolean hasPort(Listener listener, Address.Tcp peer) {
        return listener.address() instanceof Address.Tcp tcp && tcp.port() == peer.port();
    }

    private static void toContainer(
            Matter matter, Address.Tcp peer, Container container, Argument argument) {
        int inner =
                container.published().stream()
                        .filter(p -> p.port() == peer.port())
                        .map(Container.Publication::inner)
                        .findFirst()
                        .orElse(peer.port());
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                container,
                                "container %s runs, and port %d is its own"
                                        .formatted(container.name(), peer.port())));
        argument.now(
                "make nginx dial %s:%d, on a network both containers share"
                        .formatted(container.name(), inner),
                Risk.LOW,
                Steps.edit(
                        "%s write %s:%d in place of %s"
                                .formatted(Steps.atNamed(matter), container.name(), inner, peer)),
                Steps.reload(matter));
    }

    private static void toHost(
            Matter matter,
            Address.Tcp peer,
            SocketTable table,
            Optional<Container> meant,
            Argument argument) {
        argument.because(
                STRONG,
                matter.scene()
                        .sighting(
                                table,
                                "somebody listens on port %d in another network"
                                        .formatted(peer.port())));
        if (meant.isEmpty()) {
            argument.now(
                    "make nginx dial the host: host.docker.internal:" + peer.port(),
                    Risk.LOW,
                    Steps.edit(
                            "start nginx's container with --add-host host.docker.internal:host-gateway, and bind the application to the bridge's address"),
                    Steps.reload(matter));
        }
    }

    private static void unknownTarget(Address.Tcp peer, Argument argument) {
        argument.missing("containers", "where the application of port " + peer.port() + " runs");
        argument.now(
                "dial the application's container by its name, or the host by host.docker.internal",
                Risk.LOW,
                Steps.edit("localhost reaches only what runs in nginx's own container"));
        argument.next(
                "sudo ss -ltnp 'sport = :%d'".formatted(peer.port()),
                "on the host: shows whether the application listens there");
    }
}
