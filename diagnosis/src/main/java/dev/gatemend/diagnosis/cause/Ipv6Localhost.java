package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
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
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The name localhost leads nginx to the loopback address the application does not listen on. */
public final class Ipv6Localhost implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "ipv6-localhost",
                    Group.WRONG_PLACE,
                    Frequency.COMMON,
                    "localhost means ::1 and 127.0.0.1, and the application listens on one of them",
                    """
                    nginx resolves localhost when it loads its configuration and makes a peer of each address. An \
                    application that binds 127.0.0.1 alone (or ::1 alone, as Node.js 17 and later do for 'localhost') \
                    refuses every connect to the other (errno 111): about every second request, while curl, which tries \
                    both, succeeds.""",
                    "The refused peer is one loopback address, the pass writes a name for it, and somebody listens on the same port of the other.",
                    List.of(),
                    List.of(
                            "restarting the application: it listens, on the other loopback address",
                            "that curl http://localhost/ works: it tries the other address when one is refused",
                            "listen [::]:80 in nginx: that is where clients come to, not where nginx dials"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Refusal> refusal = Refusal.of(matter);
        Optional<LoopbackTwin> twin = LoopbackTwin.of(matter);
        return refusal.isPresent() && twin.isPresent()
                ? argue(matter, refusal.get(), twin.get())
                : Judgement.notConcerned();
    }

    private static Judgement argue(Matter matter, Refusal refusal, LoopbackTwin twin) {
        String who = who(matter, twin);
        String peer = matter.peerText();
        Argument argument =
                Argument.that(
                                "peer:" + peer,
                                "%s leads to %s, %s listens on %s only"
                                        .formatted(twin.name(), peer, who, twin.address()))
                        .becauseLikeRivals(WEAK, refusal.sighting());
        // Taken at one loopback address, empty at the other, and a name that blurs the two: next to
        // nothing else brings these together.
        matter.sockets()
                .ifPresent(
                        table ->
                                argument.because(
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        table,
                                                        "%s listens on %s, nobody on %s"
                                                                .formatted(
                                                                        who,
                                                                        twin.listener().address(),
                                                                        peer))));
        argument.because(
                MODERATE,
                matter.scene()
                        .sighting(
                                twin.lookup(),
                                "%s is %s"
                                        .formatted(
                                                twin.name(),
                                                String.join(", ", twin.lookup().addresses()))));
        late(matter, twin, argument);
        argument.explain(explanation(twin, peer));
        argument.now(
                "name the address that the application listens on",
                Risk.LOW,
                Steps.edit(
                        "%s write %s in place of %s:%d"
                                .formatted(
                                        Steps.atNamed(matter),
                                        twin.address(),
                                        twin.name(),
                                        twin.address().port())),
                Steps.reload(matter));
        argument.toStay(
                "or let the application listen on both: an address for each family, or [::] with IPv4 admitted",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String who(Matter matter, LoopbackTwin twin) {
        return matter.scene()
                .owner(twin.listener())
                .map(o -> "%s (PID %d)".formatted(Programs.name(o), o.pid()))
                .orElse("somebody");
    }

    /** Whoever came after the last failure was not there to be missed. */
    private static void late(Matter matter, LoopbackTwin twin, Argument argument) {
        matter.scene()
                .owner(twin.listener())
                .filter(o -> matter.last().filter(o.startedAt()::isAfter).isPresent())
                .ifPresent(
                        o ->
                                argument.against(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        o,
                                                        "PID %d started after the last failure, at %s"
                                                                .formatted(
                                                                        o.pid(),
                                                                        matter.scene()
                                                                                .clock(
                                                                                        o
                                                                                                .startedAt())))));
    }

    private static String explanation(LoopbackTwin twin, String peer) {
        return twin.isDialledToo()
                ? "nginx made two peers of %s, %s and %s, and takes them in turn; only the latter is served."
                        .formatted(twin.name(), peer, twin.address())
                : "nginx resolved %s to %s when it loaded its configuration; the application took the other loopback address."
                        .formatted(twin.name(), peer);
    }
}
