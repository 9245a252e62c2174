package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.LoopbackTwin;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListeners;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The application listens on the right port of another address. */
public final class WrongBindAddress implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "wrong-bind-address",
                    Group.WRONG_PLACE,
                    Frequency.COMMON,
                    "The application listens on loopback or another interface only",
                    """
                    Many servers bind 127.0.0.1 by default. From another machine or container that address cannot be \
                    reached: the connect to the machine's own address is refused (errno 111) although the application runs.""",
                    "Somebody listens on the same port of another address.",
                    List.of(),
                    List.of(
                            "opening the firewall: nobody listens at the dialled address",
                            "another port: the port is right, the address is not"));

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
                .orElseGet(() -> unseen(peer, refusal.get()));
    }

    private static Judgement judge(
            Matter matter, Address.Tcp peer, PeerSide side, Refusal refusal) {
        if (side.listener(peer).isPresent()) {
            return Judgement.ruledOut("somebody listens on " + peer);
        }
        Optional<LoopbackTwin> twin = LoopbackTwin.of(matter);
        if (twin.isPresent()) {
            return Judgement.ruledOut(
                    "no address is written that could be wrong: %s leads to %s"
                            .formatted(twin.get().name(), peer));
        }
        List<OtherListener> others =
                OtherListeners.of(matter, side).stream()
                        .filter(o -> WrongPort.samePort(o.address(), peer))
                        .toList();
        return others.isEmpty()
                ? Judgement.ruledOut(
                        "nobody who could be meant listens on port %d at another address"
                                .formatted(peer.port()))
                : argue(matter, peer, refusal, Intended.among(matter, side, others));
    }

    private static Judgement argue(
            Matter matter, Address.Tcp peer, Refusal refusal, Intended intended) {
        OtherListener other = intended.other();
        PeerSide side = intended.side();
        Argument argument =
                Argument.that(
                        "peer:" + peer,
                        "%s listens on %s only, nginx dials %s"
                                .formatted(other.who(), other.address(), peer));
        Elsewhere.nobodyListens(matter, side, refusal, argument);
        argument.because(
                intended.portStrength().orElseThrow(),
                matter.scene()
                        .sighting(
                                side.table(),
                                "%s listens on %s: the same port, another address"
                                        .formatted(other.who(), other.address())));
        Elsewhere.weigh(intended, argument);
        argument.explain(
                "Nobody takes connections to %s; %s is bound to the same port of another address, %s."
                        .formatted(peer, other.who(), other.address()));
        remedy(peer, intended, argument);
        INFO.wontHelp().stream()
                .limit(intended.isShown() ? Long.MAX_VALUE : 1)
                .forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void remedy(Address.Tcp peer, Intended intended, Argument argument) {
        if (intended.side().nginxSide()) {
            Elsewhere.dial(intended, intended.other().address(), argument);
            argument.toStay(
                    "or bind the application to %s in its own configuration".formatted(peer.host()),
                    Risk.LOW);
        } else {
            argument.now(
                    "bind the application to 0.0.0.0 inside its container",
                    Risk.LOW,
                    Steps.edit(
                            "its bind address must be 0.0.0.0 (or [::]), not loopback; loopback in a container is reached from that container alone"),
                    Steps.restart(intended.other().owner()));
        }
    }

    private static Judgement unseen(Address.Tcp peer, Refusal refusal) {
        return Argument.that(
                        "peer:" + peer,
                        "the application of %s may listen on another address only".formatted(peer))
                .because(MODERATE, refusal.sighting())
                .missing("sockets", "which address it is bound to at " + peer.host())
                .explain(
                        "Something at %s refused the connect; an application bound to 127.0.0.1 there would look the same."
                                .formatted(peer.host()))
                .next(
                        "ss -ltnp 'sport = :%d'".formatted(peer.port()),
                        "on the machine or in the container of %s: shows whether anybody listens, and at which address"
                                .formatted(peer.host()))
                .now(
                        "bind the application to an address that nginx can reach",
                        Risk.LOW,
                        Steps.edit("0.0.0.0, or %s, in place of 127.0.0.1".formatted(peer.host())))
                .judgement();
    }
}
