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
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.Address;
import dev.gatemend.model.Container;
import dev.gatemend.model.Container.Publication;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx dials a container's inner port on the host, or its published port inside. */
public final class ContainerPortMapping implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "container-port-mapping",
                    Group.WRONG_PLACE,
                    Frequency.RARE,
                    "Published and inner ports are mixed up, or nothing is published",
                    """
                    With -p 18000:8000 the host answers on 18000 and the container on 8000. An nginx on the host must dial \
                    the published port; an nginx in a container of the same network dials the inner one. A port that is \
                    only exposed is published nowhere.""",
                    "A running container's port bindings hold the dialled port on the other side of the colon.",
                    List.of(),
                    List.of(
                            "EXPOSE in the Dockerfile: it publishes nothing",
                            "restarting the container: it keeps its port bindings"));

    /** A mix-up, and where nginx should dial instead; empty when nothing is published. */
    private record Mistake(
            Container container, Strength strength, String seen, Optional<Address> right) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Refusal> refusal = Refusal.of(matter);
        if (matter.tcpPeer().isEmpty() || refusal.isEmpty()) {
            return Judgement.notConcerned();
        }
        Address.Tcp peer = matter.tcpPeer().get();
        if (PeerSide.of(matter).flatMap(s -> s.listener(peer)).isPresent()) {
            return Judgement.notConcerned();
        }
        List<Mistake> mistakes =
                matter.scene()
                        .facts(Container.class)
                        .filter(Container::isRunning)
                        .flatMap(c -> mistake(matter, peer, c).stream())
                        .toList();
        return mistakes.isEmpty()
                ? Judgement.notConcerned()
                : argue(matter, refusal.get(), mistakes);
    }

    private static Optional<Mistake> mistake(Matter matter, Address.Tcp peer, Container container) {
        if (PeerContainer.of(matter).contains(container)) {
            return publishedInside(peer, container);
        }
        return !PeerContainer.isConfined(matter)
                        && Peers.isHere(matter.scene(), matter.network(), peer)
                ? innerOutside(peer, container)
                : Optional.empty();
    }

    /** The container's own address with the host's port. */
    private static Optional<Mistake> publishedInside(Address.Tcp peer, Container container) {
        boolean inner = inner(container).anyMatch(p -> p == peer.port());
        boolean itsOwn =
                container.networks().stream().anyMatch(n -> n.addresses().contains(peer.host()));
        return !itsOwn || inner
                ? Optional.empty()
                : container.published().stream()
                        .filter(p -> p.port() == peer.port())
                        .findFirst()
                        .map(
                                p ->
                                        new Mistake(
                                                container,
                                                DECISIVE,
                                                "%d is the published port, the inner one is %d"
                                                        .formatted(p.port(), p.inner()),
                                                Optional.of(
                                                        new Address.Tcp(peer.host(), p.inner()))));
    }

    /** The host's address with the container's port. */
    private static Optional<Mistake> innerOutside(Address.Tcp peer, Container container) {
        Optional<Publication> elsewhere =
                container.published().stream()
                        .filter(p -> p.inner() == peer.port() && p.port() > 0)
                        .findFirst();
        if (elsewhere.isPresent()) {
            Publication published = elsewhere.get();
            Address.Tcp bound = new Address.Tcp(published.host(), published.port());
            return Optional.of(
                    new Mistake(
                            container,
                            DECISIVE,
                            "its port %d is published as %s".formatted(published.inner(), bound),
                            Optional.of(
                                    bound.isWildcard()
                                            ? new Address.Tcp(peer.host(), bound.port())
                                            : bound)));
        }
        // That an image names a port says what it is meant for, not that anybody listens.
        return container.exposed().contains(peer.port())
                ? Optional.of(
                        new Mistake(
                                container,
                                STRONG,
                                "its port %d is published nowhere".formatted(peer.port()),
                                Optional.empty()))
                : Optional.empty();
    }

    private static Stream<Integer> inner(Container container) {
        return Stream.concat(
                container.exposed().stream(),
                container.published().stream().map(Publication::inner));
    }

    private static Judgement argue(Matter matter, Refusal refusal, List<Mistake> mistakes) {
        Mistake mistake = mistakes.getFirst();
        String name = mistake.container().name();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        "nginx dials %s; of container %s, %s"
                                .formatted(matter.peerText(), name, mistake.seen()));
        argument.becauseLikeRivals(MODERATE, refusal.sighting());
        PeerSide.of(matter)
                .ifPresent(
                        s ->
                                argument.becauseLikeRivals(
                                        s.absence(),
                                        matter.scene()
                                                .sighting(
                                                        s.table(),
                                                        "nobody listens on " + matter.peerText())));
        argument.because(
                mistake.strength(),
                matter.scene()
                        .sighting(
                                mistake.container(),
                                "container %s runs, and %s".formatted(name, mistake.seen())));
        if (mistakes.size() > 1) {
            argument.against(
                    WEAK,
                    "containers",
                    "%d other containers could be meant".formatted(mistakes.size() - 1),
                    mistake.container().engine() + " ps");
        }
        argument.explain(
                "Container %s runs, but nginx dials %s where nobody listens: %s."
                        .formatted(name, matter.peerText(), mistake.seen()));
        remedy(matter, mistake, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void remedy(Matter matter, Mistake mistake, Argument argument) {
        mistake.right()
                .ifPresentOrElse(
                        right ->
                                argument.now(
                                        "make nginx dial " + right,
                                        Risk.LOW,
                                        Steps.edit(
                                                "%s write %s in place of %s"
                                                        .formatted(
                                                                Steps.atNamed(matter),
                                                                right,
                                                                matter.peerText())),
                                        Steps.reload(matter)),
                        () ->
                                argument.now(
                                        "publish the port of container "
                                                + mistake.container().name(),
                                        Risk.MEDIUM,
                                        Steps.edit(
                                                "create the container anew with -p 127.0.0.1:%1$d:%1$d, or ports: in compose"
                                                        .formatted(
                                                                matter.tcpPeer()
                                                                        .orElseThrow()
                                                                        .port()))));
    }
}
