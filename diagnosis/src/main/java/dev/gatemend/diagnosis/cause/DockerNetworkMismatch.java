package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Emergency;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Names;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Container;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

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

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Container> own = PeerContainer.ofNginx(matter);
        if (own.isEmpty()
                || PeerContainer.networks(own.get()).isEmpty()
                || !PeerContainer.isConfined(matter)) {
            return Judgement.notConcerned();
        }
        List<Container> meant = meant(matter, own.get());
        if (meant.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Container> sharing =
                meant.stream().filter(c -> PeerContainer.shareNetwork(own.get(), c)).findFirst();
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
                .filter(c -> !c.equals(own) && !PeerContainer.networks(c).isEmpty())
                .filter(c -> isNamed(matter, c) || isDialled(matter, c))
                .toList();
    }

    private static boolean isNamed(Matter matter, Container container) {
        return name(matter).filter(name -> PeerContainer.isCalled(container, name)).isPresent();
    }

    /** The name that was not found, at run time or when nginx loaded its files. */
    private static Optional<String> name(Matter matter) {
        return matter.name().or(() -> refusal(matter).flatMap(e -> notFound(e)));
    }

    /** Of failing traffic only what its own lines say; an old refusal is another matter. */
    private static Optional<Emergency> refusal(Matter matter) {
        return matter.trouble() == Trouble.STANDING
                ? Emergency.of(matter).stream().filter(e -> notFound(e).isPresent()).findFirst()
                : Optional.empty();
    }

    private static Optional<String> notFound(Emergency refusal) {
        return Names.notFoundAtLoad(refusal.text());
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

    private static Judgement argue(Matter matter, Container own, Container other) {
        String network = PeerContainer.networks(other).iterator().next();
        Argument argument =
                Argument.that(
                        name(matter).map(n -> "name:" + n).orElse("peer:" + matter.peerText()),
                        Excerpt.title(
                                "containers %s and %s share no network"
                                        .formatted(own.name(), other.name())));
        symptom(matter, argument);
        argument.because(
                DECISIVE,
                matter.scene().sighting(other, PeerContainer.networksApart(matter, other)));
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

    /**
     * That the name is unknown is nginx's own word and its name server's: as sure as it is for the
     * causes that go no further than the name. A connect may time out for many reasons.
     */
    private static void symptom(Matter matter, Argument argument) {
        Strength strength = name(matter).isPresent() ? DECISIVE : MODERATE;
        matter.errors().stream()
                .findFirst()
                .map(matter::logged)
                .or(() -> refusal(matter).map(Emergency::sighting))
                .ifPresent(s -> argument.becauseLikeRivals(strength, s));
        name(matter).stream()
                .flatMap(n -> matter.scene().lookups(n))
                .filter(l -> l.outcome() != Outcome.FOUND)
                .findFirst()
                .ifPresent(
                        l ->
                                argument.becauseLikeRivals(
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        l,
                                                        "%s does not know %s on nginx's networks"
                                                                .formatted(
                                                                        l.resolver(), l.name()))));
    }
}
