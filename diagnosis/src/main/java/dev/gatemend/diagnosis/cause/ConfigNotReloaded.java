package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.StrayPeer;
import dev.gatemend.diagnosis.Unloaded;
import dev.gatemend.model.Address;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The files on disk were mended, and nginx still serves what it loaded before. */
public final class ConfigNotReloaded implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "config-not-reloaded",
                    Group.WRONG_PLACE,
                    Frequency.RARE,
                    "The configuration on disk is right, but nginx still runs the older one",
                    """
                    nginx reads its files at start and at reload only. Between an edit and a reload, or after a reload that \
                    was refused, it goes on dialling what the older files said, and what one reads in the files explains \
                    nothing.""",
                    "A file is younger than the running workers, and no file names the address that nginx dials.",
                    List.of(),
                    List.of(
                            "more edits: nginx has read none of them yet",
                            "restarting the application: nginx does not dial it"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<StrayPeer> stray = StrayPeer.of(matter).filter(_ -> !matter.errors().isEmpty());
        if (stray.isEmpty()) {
            return Judgement.notConcerned();
        }
        return Unloaded.of(matter)
                .map(unloaded -> argue(matter, stray.get(), unloaded))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, StrayPeer stray, Unloaded unloaded) {
        String peer = matter.peerText();
        String file = unloaded.file().path();
        Argument argument =
                Argument.that(
                        "peer:" + peer,
                        "nginx dials %s, which its files do not name: not reloaded since an edit"
                                .formatted(peer));
        matter.errors().stream()
                .findFirst()
                .ifPresent(e -> argument.becauseLikeRivals(MODERATE, matter.logged(e)));
        // Where a name may have moved, the address proves less: the edit may be about anything.
        boolean byName = stray.outdated(matter.scene()).isPresent();
        argument.because(
                byName ? MODERATE : DECISIVE,
                "configuration",
                "no file names %s%s".formatted(peer, now(stray)),
                matter.configuration().map(c -> c.path()).orElse("nginx.conf"));
        argument.because(
                STRONG,
                "processes",
                "nginx's workers were started at %s, and %s was written at %s"
                        .formatted(
                                matter.scene().clock(unloaded.loaded()),
                                file,
                                matter.scene().clock(unloaded.modified())),
                "ps -o pid,lstart,args -C nginx; " + Shell.command("stat", file));
        answers(matter, stray, argument);
        argument.explain(
                "The workers that serve are older than %s; they dial %s, as the files said when they were started."
                        .formatted(file, peer));
        refused(matter, argument);
        argument.now("let nginx read its files", Risk.LOW, Steps.reload(matter));
        argument.toStay(
                "test and reload in the step that writes the files, and look at the error log: a refused reload leaves the old configuration serving",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String now(StrayPeer stray) {
        return stray.meant().stream()
                .findFirst()
                .map(Peer::address)
                .map(a -> "; they name %s now".formatted(a))
                .orElse("");
    }

    /** What the files name now takes connections: the edit is the cure. */
    private static void answers(Matter matter, StrayPeer stray, Argument argument) {
        stray.meant().stream()
                .map(Peer::address)
                .flatMap(a -> probe(matter, a).stream())
                .filter(p -> p.outcome() instanceof ProbeOutcome.Connected)
                .findFirst()
                .ifPresent(
                        p ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "%s, which the files name, takes connections"
                                                                .formatted(p.peer()))));
    }

    private static Optional<PeerProbe> probe(Matter matter, Address address) {
        return matter.scene().probe(address, PeerProbe.Kind.CONNECT);
    }

    private static void refused(Matter matter, Argument argument) {
        matter.verdict()
                .filter(v -> !v.accepted())
                .ifPresent(
                        v ->
                                argument.now(
                                        "first mend what nginx refuses in the files: "
                                                + v.messages().stream().findFirst().orElse(""),
                                        Risk.LOW));
    }
}
