package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.LoopbackTwin;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.OtherListeners;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** nginx dials a port nobody listens on, while the application listens on another. */
public final class WrongPort implements Cause {
    static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final CauseInfo INFO =
            new CauseInfo(
                    "wrong-port",
                    Group.WRONG_PLACE,
                    Frequency.VERY_COMMON,
                    "nginx dials a port nobody listens on while the application listens on another",
                    """
                    The application runs, but the port in the pass is not the one it listens on: a typo, another default \
                    after an upgrade, a container's published port in place of its inner one, or a socket where nginx \
                    dials a port. The connect is refused (errno 111).""",
                    "The same owner, or an application that no pass leads to, listens on another port. One that was listening there while the peer still answered is another application.",
                    List.of(),
                    List.of(
                            "restarting the application: it listens, on another port",
                            "opening the firewall: nobody is behind that port"));

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
        return PeerSide.of(matter)
                .map(side -> judge(matter, peer, side, refusal.get()))
                .orElseGet(() -> unseen(matter, peer, refusal.get()));
    }

    private static Judgement judge(
            Matter matter, Address.Tcp peer, PeerSide side, Refusal refusal) {
        if (side.listener(peer).isPresent()) {
            return Judgement.ruledOut("somebody listens on " + peer);
        }
        Optional<LoopbackTwin> twin = LoopbackTwin.of(matter);
        if (twin.isPresent()) {
            return Judgement.ruledOut(
                    "the port is taken, at %s".formatted(twin.get().listener().address()));
        }
        List<OtherListener> others =
                OtherListeners.of(matter, side).stream()
                        .filter(o -> !samePort(o.address(), peer))
                        .filter(o -> mayBeMeant(matter, peer, o))
                        .toList();
        return others.isEmpty()
                ? Judgement.ruledOut(
                        "no other listener here could be the application that nginx means")
                : argue(matter, side, refusal, others);
    }

    /**
     * A process nothing is known of is no suspect, unless it came when the peer went. An
     * application is given its port, so a listener in the range the kernel gives out (ip(7),
     * ip_local_port_range) is none, unless nginx's own peer lies there too.
     */
    private static boolean mayBeMeant(Matter matter, Address.Tcp peer, OtherListener other) {
        boolean handedOut =
                other.address() instanceof Address.Tcp tcp
                        && tcp.port() >= FIRST_EPHEMERAL_PORT
                        && peer.port() < FIRST_EPHEMERAL_PORT;
        return !handedOut
                && (other.kinship() != Kinship.STRANGER
                        || other.cameAfter(PeerHistory.of(matter))
                        || Intended.unit(matter, other).isPresent());
    }

    static boolean samePort(Address other, Address.Tcp peer) {
        return other instanceof Address.Tcp tcp && tcp.port() == peer.port();
    }

    private static Judgement argue(
            Matter matter, PeerSide side, Refusal refusal, List<OtherListener> others) {
        Intended intended = Intended.among(matter, side, others);
        OtherListener other = intended.other();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        "nginx dials %s, %s listens on %s"
                                .formatted(matter.peerText(), other.who(), other.address()));
        Elsewhere.nobodyListens(matter, side, refusal, argument);
        Elsewhere.weigh(intended, argument);
        long alike = others.stream().filter(o -> o.kinship() == other.kinship()).count();
        if (alike > 1) {
            argument.against(
                    WEAK,
                    "processes",
                    "%d listeners could be meant as well as that one".formatted(alike - 1),
                    "ss -ltnp");
        }
        argument.explain(
                "%s names %s, where nobody listens; %s listens on %s."
                        .formatted(
                                Steps.whereNamed(matter).orElse("nginx's configuration"),
                                matter.peerText(),
                                other.who(),
                                other.address()));
        Elsewhere.dial(intended, dial(matter, other), argument);
        argument.toStay(
                "state the port in one place that both sides read, and check it at deploy time",
                Risk.LOW);
        // That the application runs is known only where this listener is shown to be it.
        INFO.wontHelp().stream().skip(intended.isShown() ? 0 : 1).forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** A wildcard listener is dialled at the address nginx dials already. */
    private static Address dial(Matter matter, OtherListener other) {
        return other.address() instanceof Address.Tcp tcp && tcp.isWildcard()
                ? new Address.Tcp(matter.tcpPeer().orElseThrow().host(), tcp.port())
                : other.address();
    }

    private static Judgement unseen(Matter matter, Address.Tcp peer, Refusal refusal) {
        return Argument.that(
                        "peer:" + peer,
                        "the application of %s may listen on another port".formatted(peer))
                .because(MODERATE, refusal.sighting())
                .missing("sockets", "who listens at " + peer.host())
                .explain(
                        "Something at %s refused the connect to port %d; which ports are open there could not be seen."
                                .formatted(peer.host(), peer.port()))
                .next(
                        "ss -ltnp",
                        "on the machine or in the container of %s: shows the port and address the application listens on"
                                .formatted(peer.host()))
                .now(
                        "compare the port in the pass with the one the application listens on",
                        Risk.LOW,
                        Steps.edit(
                                "%s stands %s; of a container it must be the inner port, not the published one"
                                        .formatted(Steps.atNamed(matter), peer)))
                .wontHelp("restarting nginx: it dials what its files say")
                .judgement();
    }
}
