package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Optional;

/** The application made its socket in a mount namespace that nginx does not see. */
public final class SocketPrivateTmp implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "socket-private-tmp",
                    Group.BLOCKED,
                    Frequency.RARE,
                    "The socket is hidden by PrivateTmp= or another mount namespace",
                    """
                    systemd's PrivateTmp= (which many distributions set for nginx and for applications) and containers give \
                    a process a /tmp of its own. A socket made there exists for that process only: nginx finds nothing at \
                    the same path (errno 2), or an old file (111), although the application listens and ls in a shell \
                    shows something else again.""",
                    "Somebody listens at that very path, in another mount namespace than nginx's, and nginx's own view of the path holds no such file.",
                    List.of(),
                    List.of(
                            "chmod 777 on the socket or /tmp: nginx looks into another /tmp",
                            "a symbolic link: it is resolved in nginx's own /tmp",
                            "restarting nginx: it gets a /tmp of its own again"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Address.Unix> peer = matter.unixPeer().filter(u -> !u.path().startsWith("@"));
        Optional<Sighting> failure = failure(matter);
        if (peer.isEmpty() || failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<ProcessState> owner = elsewhere(matter, peer.get());
        if (owner.isEmpty() || isTheSameFile(matter, peer.get())) {
            return Judgement.notConcerned();
        }
        return argue(matter, peer.get(), failure.get(), owner.get());
    }

    private static Optional<Sighting> failure(Matter matter) {
        return Refusal.of(matter)
                .map(Refusal::sighting)
                .or(
                        () ->
                                matter.trouble() == Trouble.CONNECT
                                        ? matter.errno(Errno.EACCES).map(matter::logged)
                                        : Optional.empty());
    }

    /** Whoever listens at that path and does not live in nginx's mount namespace. */
    private static Optional<ProcessState> elsewhere(Matter matter, Address.Unix peer) {
        long nginx = matter.master().map(m -> m.namespaces().mount()).orElse(0L);
        return matter.scene()
                .facts(SocketTable.class)
                .flatMap(t -> t.listeners().stream())
                .filter(l -> l.address().equals(peer))
                .flatMap(l -> matter.scene().owner(l).stream())
                .filter(o -> nginx != 0 && o.namespaces().mount() != 0)
                .filter(o -> o.namespaces().mount() != nginx)
                .findFirst();
    }

    /** Other mounts may differ while this directory is shared: then the file is the listener's. */
    private static boolean isTheSameFile(Matter matter, Address.Unix peer) {
        Optional<PathStep> file =
                Refusal.walk(matter).flatMap(Refusal::end).filter(f -> f.kind() == FileKind.SOCKET);
        return file.isPresent()
                && matter.scene()
                        .facts(SocketTable.class)
                        .flatMap(t -> t.listeners().stream())
                        .filter(l -> l.address().equals(peer))
                        .anyMatch(l -> l.boundTo(file.get().inode()).orElse(true));
    }

    private static Judgement argue(
            Matter matter, Address.Unix peer, Sighting failure, ProcessState owner) {
        String who = "%s (PID %d)".formatted(Programs.name(owner), owner.pid());
        Argument argument =
                Argument.that(
                        "peer:" + peer,
                        Excerpt.title(
                                "%s made %s where nginx does not see it, in another mount namespace"
                                        .formatted(who, peer.path())));
        argument.becauseLikeRivals(MODERATE, failure);
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                owner,
                                "%s listens at that path in mount namespace %d, nginx lives in %d"
                                        .formatted(
                                                who,
                                                owner.namespaces().mount(),
                                                matter.master()
                                                        .map(m -> m.namespaces().mount())
                                                        .orElse(0L))));
        Refusal.walk(matter)
                .ifPresentOrElse(
                        walk ->
                                argument.because(
                                        MODERATE,
                                        matter.scene().sighting(walk, view(matter, peer))),
                        () -> argument.missing("path", "what nginx itself sees at that path"));
        argument.explain(
                "Both name %s, but each looks into a file tree of its own, so nginx never meets the socket that %s listens on."
                        .formatted(peer.path(), who));
        remedies(owner, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String view(Matter matter, Address.Unix peer) {
        return Refusal.walk(matter)
                .flatMap(Refusal::end)
                .filter(f -> f.kind() == FileKind.SOCKET)
                .map(f -> "nginx sees another socket file at " + peer.path())
                .orElse("nginx does not see that socket at " + peer.path());
    }

    private static void remedies(ProcessState owner, Argument argument) {
        if (owner.container().isPresent()) {
            argument.now(
                    "share the socket's directory between both, as a volume of each container",
                    Risk.MEDIUM,
                    Steps.edit("mount one directory of the host at the same path in both"));
        } else {
            argument.now(
                    "put the socket where both see it: below /run, not below /tmp",
                    Risk.LOW,
                    Steps.edit(
                            "RuntimeDirectory=NAME in the application's unit, its socket at /run/NAME/, and the same path in nginx's pass"),
                    Steps.restart(Optional.of(owner)));
        }
        owner.unit()
                .ifPresent(
                        unit ->
                                argument.toStay(
                                        "see which of the two has a /tmp of its own",
                                        Risk.LOW,
                                        new Remedy.Step(
                                                Shell.command(
                                                        "systemctl",
                                                        "show",
                                                        "-p",
                                                        "PrivateTmp",
                                                        unit,
                                                        "nginx.service"),
                                                "yes: sockets in /tmp are its own")));
    }
}
