package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Container;
import dev.gatemend.model.Container.Attachment;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** nginx's container and the one it means share no network. */
public final class DockerNetworkMismatch implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "docker-network-mismatch",
                    Group.WRONG_PLACE,
                    Frequency.COMMON,
                    "Proxy and backend containers share no network",
                    """
                    An engine's name server knows a container's name only on the networks the container is attached to, and \
                    networks do not forward to each other. So the name is not found, or the connect runs into a time-out.""",
                    "Both containers run, and the lists of their networks have nothing in common.",
                    List.of(),
                    List.of(
                            "links or published ports: neither joins two networks",
                            "a resolver directive: the engine does not tell the name on this network"));

    /** A container may share its stack instead of being attached ({@code container:ID}, pods). */
    private static final Set<String> NOT_NETWORKS = Set.of("host", "none");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Container> own = PeerContainer.ofNginx(matter);
        if (own.isEmpty() || networks(own.get()).isEmpty() || !PeerContainer.isConfined(matter)) {
            return Judgement.notConcerned();
        }
        List<Container> meant = meant(matter, own.get());
        if (meant.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Container> sharing = meant.stream().filter(c -> shares(own.get(), c)).findFirst();
        return sharing.isPresent()
                ? Judgement.ruledOut(
                        "containers %s and %s share a network"
                                .formatted(own.get().name(), sharing.get().name()))
                : argue(matter, own.get(), meant.getFirst());
    }

    private static List<Container> meant(Matter matter, Container own) {
        return matter.scene()
                .facts(Container.class)
                .filter(Container::isRunning)
                .filter(c -> !c.equals(own) && !networks(c).isEmpty())
                .filter(c -> isNamed(matter, c) || isDialled(matter, c))
                .toList();
    }

    private static boolean isNamed(Matter matter, Container container) {
        return matter.name()
                .filter(
                        name ->
                                name.equals(container.name())
                                        || container
                                                .composeService()
                                                .filter(name::equals)
                                                .isPresent()
                                        || container.networks().stream()
                                                .anyMatch(n -> n.aliases().contains(name)))
                .isPresent();
    }

    private static boolean isDialled(Matter matter, Container container) {
        return matter.trouble() == Trouble.CONNECT
                && matter.tcpPeer()
                        .filter(
                                p ->
                                        container.networks().stream()
                                                .anyMatch(n -> n.addresses().contains(p.host())))
                        .isPresent();
    }

    private static boolean shares(Container one, Container other) {
        return networks(one).stream().anyMatch(networks(other)::contains);
    }

    private static Set<String> networks(Container container) {
        return container.networks().stream()
                .map(Attachment::network)
                .filter(n -> !NOT_NETWORKS.contains(n))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private static Judgement argue(Matter matter, Container own, Container other) {
        String network = networks(other).iterator().next();
        Argument argument =
                Argument.that(
                        matter.name().map(n -> "name:" + n).orElse("peer:" + matter.peerText()),
                        "containers %s and %s share no network"
                                .formatted(own.name(), other.name()));
        matter.errors().stream()
                .findFirst()
                .ifPresent(e -> argument.becauseLikeRivals(MODERATE, matter.logged(e)));
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                other,
                                "%s is on %s; nginx's container %s is on %s"
                                        .formatted(
                                                other.name(),
                                                String.join(", ", networks(other)),
                                                own.name(),
                                                String.join(", ", networks(own)))));
        argument.explain(
                "nginx means container %s, which runs, but no network has both it and nginx's container %s."
                        .formatted(other.name(), own.name()));
        argument.now(
                "attach nginx's container to network " + network,
                Risk.LOW,
                new Remedy.Step(
                        Shell.command(
                                "sudo", own.engine(), "network", "connect", network, own.name()),
                        "takes effect at once; a name in an upstream is resolved at the next reload"));
        argument.toStay("name the shared network of both services in the compose file", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
