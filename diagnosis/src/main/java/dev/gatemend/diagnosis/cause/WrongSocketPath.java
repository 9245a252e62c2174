package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.OtherListeners;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.Remedy.Risk;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** nginx looks for the socket at one path, the application made it at another. */
public final class WrongSocketPath implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "wrong-socket-path",
                    Group.WRONG_PLACE,
                    Frequency.COMMON,
                    "nginx and the application use different unix socket paths",
                    """
                    The path in the pass does not exist (errno 2), because the application binds its socket somewhere \
                    else: another directory, a version number in the name (php7.4-fpm.sock), or a TCP port.""",
                    "The application's socket exists under another path, or it listens on a port.",
                    List.of(),
                    List.of(
                            "chmod on the path in the pass: there is nothing at that path",
                            "touch or mkfifo to create the file: only a listening process makes a socket"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Refusal> refusal = Refusal.of(matter).filter(r -> r.errno() == Errno.ENOENT);
        if (matter.unixPeer().isEmpty() || refusal.isEmpty()) {
            return Judgement.notConcerned();
        }
        String path = matter.unixPeer().get().path();
        return PeerSide.of(matter)
                .map(side -> judge(matter, path, side, refusal.get()))
                .orElseGet(() -> unseen(matter, path, refusal.get()));
    }

    private static Judgement judge(Matter matter, String path, PeerSide side, Refusal refusal) {
        if (side.listener(matter.peer().orElseThrow()).isPresent()) {
            return Judgement.ruledOut("somebody listens on " + path);
        }
        List<OtherListener> others =
                OtherListeners.of(matter, side).stream()
                        .filter(o -> mayBe(o, path))
                        .sorted(Comparator.comparing(o -> !sameName(o.address(), path)))
                        .toList();
        return others.isEmpty()
                ? Judgement.ruledOut(
                        "no application here listens on another socket that nothing passes to")
                : argue(matter, path, refusal, Intended.among(matter, side, others));
    }

    /** A stranger is no suspect, nor is a port that the kernel gave out. */
    private static boolean mayBe(OtherListener other, String path) {
        return switch (other.address()) {
            case Address.Unix _ ->
                    other.kinship() != Kinship.STRANGER || sameName(other.address(), path);
            case Address.Tcp tcp ->
                    other.kinship() != Kinship.STRANGER
                            && tcp.port() < WrongPort.FIRST_EPHEMERAL_PORT;
        };
    }

    private static boolean sameName(Address other, String path) {
        return other instanceof Address.Unix unix
                && Intended.fileName(unix.path()).equals(Intended.fileName(path));
    }

    private static Judgement argue(Matter matter, String path, Refusal refusal, Intended intended) {
        OtherListener other = intended.other();
        Argument argument = Argument.that("peer:" + matter.peerText(), title(other, path));
        Elsewhere.nobodyListens(matter, intended.side(), refusal, argument);
        intended.nameStrength()
                .ifPresent(
                        strength ->
                                argument.because(
                                        strength,
                                        matter.scene()
                                                .sighting(
                                                        intended.side().table(),
                                                        "%s listens on %s: the same name %s"
                                                                .formatted(
                                                                        other.who(),
                                                                        other.address(),
                                                                        intended.isOtherVersion()
                                                                                ? "of another version"
                                                                                : "in another directory"))));
        Elsewhere.weigh(intended, argument);
        argument.explain(
                "%s names %s, which does not exist; %s listens on %s."
                        .formatted(
                                Steps.whereNamed(matter).orElse("nginx's configuration"),
                                path,
                                other.who(),
                                other.address()));
        Elsewhere.dial(intended, other.address(), argument);
        argument.toStay(
                "bind the socket in a directory made for it (RuntimeDirectory=), and name it without a version",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(OtherListener other, String path) {
        String full =
                "%s listens on %s, nginx dials %s".formatted(other.who(), other.address(), path);
        return full.length() <= 100
                ? full
                : "%s listens on another path than the one nginx dials".formatted(other.who());
    }

    private static Judgement unseen(Matter matter, String path, Refusal refusal) {
        return Argument.that(
                        "peer:" + matter.peerText(),
                        "the application may use another socket than the one nginx dials")
                .because(MODERATE, refusal.sighting())
                .missing("sockets", "which unix sockets are listened on")
                .explain(
                        "%s did not exist when nginx dialled it; an application with its socket elsewhere would look the same."
                                .formatted(path))
                .next("sudo ss -lxnp", "shows on which paths applications listen")
                .next(
                        Shell.command("ls", "-l", path.substring(0, path.lastIndexOf('/') + 1)),
                        "shows whether the socket has another name")
                .now(
                        "write the path the application binds into the pass",
                        Risk.LOW,
                        Steps.edit("%s stands %s".formatted(Steps.atNamed(matter), path)))
                .judgement();
    }
}
