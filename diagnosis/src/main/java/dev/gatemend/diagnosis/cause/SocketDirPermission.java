package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Access;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Identity;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** A directory on the way to the socket is closed to nginx's worker. */
public final class SocketDirPermission implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "socket-dir-permission",
                    Group.BLOCKED,
                    Frequency.OCCASIONAL,
                    "A parent directory of the unix socket cannot be traversed by nginx's worker user",
                    """
                    To connect to a unix socket the worker needs search permission (x) on every directory of its path, \
                    not only write permission on the socket. Home directories are the usual obstacle: they are 0700 or \
                    0750 on current distributions.""",
                    "Walk the path as the worker's user: the socket may be wide open while a directory above it is not.",
                    List.of(),
                    List.of(
                            "chmod 777 on the socket: it is the directory that is closed",
                            "restarting nginx: the permissions stay as they are",
                            "running nginx as the application's user: it gives every site that user's rights"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Address.Unix> socket = matter.unixPeer();
        // A connect that met a closed directory never came to errno 2 or 111.
        boolean otherErrno = !matter.errors().isEmpty() && !denied(matter);
        if (socket.isEmpty() || otherErrno) {
            return Judgement.notConcerned();
        }
        return matter.scene()
                .walk(socket.get().path(), PathWalk.Purpose.PEER_SOCKET)
                .map(walk -> judge(matter, walk))
                .orElseGet(
                        () ->
                                matter.errno(Errno.EACCES)
                                        .map(group -> unseen(matter, socket.get().path(), group))
                                        .orElse(Judgement.notConcerned()));
    }

    /** Nobody walked the path; the errno alone fits the socket and the directories alike. */
    private static Judgement unseen(Matter matter, String path, ErrorGroup group) {
        Argument argument =
                Argument.that(
                                "directory:" + path,
                                "a directory above the socket may be closed to nginx's worker")
                        .because(MODERATE, matter.logged(group))
                        .missing("path", "mode and owner of the directories above the socket");
        if (path.startsWith("/home/") || path.startsWith("/root/")) {
            argument.because(
                    MODERATE,
                    "path",
                    "the socket lies below a home directory, which distributions make 0700 or 0750",
                    path);
        }
        return argument.explain(
                        "The kernel denied the connect to %s; a closed directory on the way looks the same as a closed socket."
                                .formatted(path))
                .next(
                        Shell.command("sudo", "namei", "-l", path),
                        "shows which element of the path is closed to the worker's user")
                .now(
                        "let the worker pass through the directory that is closed",
                        Risk.LOW,
                        new Remedy.Step(
                                Shell.command("sudo", "namei", "-l", path),
                                "find the directory without x for the worker, then setfacl -m u:USER:x on it"))
                .wontHelp("chmod 777 on the socket: it does not open a directory above it")
                .judgement();
    }

    private static Judgement judge(Matter matter, PathWalk walk) {
        return Access.closedDirectory(walk)
                .map(closed -> argue(matter, walk, closed))
                .orElseGet(
                        () ->
                                denied(matter)
                                        ? Judgement.ruledOut(open(walk))
                                        : Judgement.notConcerned());
    }

    private static boolean denied(Matter matter) {
        return matter.errno(Errno.EACCES).isPresent();
    }

    private static String open(PathWalk walk) {
        return walk.traveller().user() + " may enter every directory up to " + walk.path();
    }

    private static Judgement argue(Matter matter, PathWalk walk, PathStep closed) {
        Identity worker = walk.traveller();
        Argument argument =
                Argument.that(
                        "directory:" + closed.path(),
                        "nginx's worker (%s) may not enter %s (%s)"
                                .formatted(worker.user(), closed.path(), closed.modeAndOwner()));
        // The kernel said EACCES and the mode says why: two independent sources for one fact.
        matter.errno(Errno.EACCES)
                .ifPresent(group -> argument.because(MODERATE, matter.logged(group)));
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                walk,
                                "%s is %s%s"
                                        .formatted(
                                                closed.path(),
                                                closed.modeAndOwner(),
                                                acl(closed))));
        argument.explain(
                "Every directory on the way to a socket must be searchable (x) for the user that connects; %s is not for %s."
                        .formatted(closed.path(), worker.user()));
        argument.now(
                "let the worker pass through, without letting it read",
                Risk.LOW,
                Access.closedDirectories(walk)
                        .map(directory -> enter(worker, directory))
                        .toArray(Remedy.Step[]::new));
        argument.toStay(
                "keep sockets in a directory made for them: RuntimeDirectory= in the application's unit, bind to /run/NAME/NAME.sock",
                Risk.LOW);
        INFO.wontHelp().stream().limit(2).forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Remedy.Step enter(Identity worker, PathStep directory) {
        return new Remedy.Step(
                Shell.command(
                        "sudo", "setfacl", "-m", "u:" + worker.user() + ":x", directory.path()),
                "search permission for this one user on this one directory");
    }

    private static String acl(PathStep step) {
        return step.acl().isEmpty() ? ", no ACL" : ", and its ACL does not admit the worker";
    }
}
