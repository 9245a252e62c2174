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
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The socket itself does not admit nginx's worker. */
public final class SocketPermission implements Cause {
    /** Groups whose members may do far more than connect to a socket. */
    private static final Set<String> POWERFUL =
            Set.of("root", "sudo", "wheel", "adm", "docker", "shadow", "disk", "lxd", "staff");

    private static final int GROUP_WRITE = 020;

    private static final CauseInfo INFO =
            new CauseInfo(
                    "socket-permission",
                    Group.BLOCKED,
                    Frequency.VERY_COMMON,
                    "Owner, group or mode of the unix socket does not admit nginx's worker user",
                    """
                    A connect to a unix socket needs write permission on its file. Application servers create it with \
                    their own user and umask (gunicorn 0755 or so, PHP-FPM 0660 with its own group), and the worker is \
                    neither owner nor in the group (errno 13).""",
                    "Every directory of the path is open to the worker, and mode, owner and ACL of the socket deny it the w bit.",
                    List.of(),
                    List.of(
                            "chmod 777 on the socket: every local user may then talk to the application, and it is gone at the next start",
                            "switching SELinux off: the mode alone denies it",
                            "running nginx as the application's user: it gives every site that user's rights"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> denied = matter.errno(Errno.EACCES);
        boolean concerned = denied.isPresent() || matter.errors().isEmpty();
        if (matter.unixPeer().isEmpty() || matter.trouble() != Trouble.CONNECT || !concerned) {
            return Judgement.notConcerned();
        }
        Optional<PathWalk> walk = Refusal.walk(matter);
        Optional<PathStep> end = walk.flatMap(Refusal::end);
        Optional<PathStep> other =
                end.filter(s -> s.kind() == FileKind.DIRECTORY || s.kind() == FileKind.REGULAR);
        if (other.isPresent()) {
            return Judgement.ruledOut(
                    "%s is a %s, no socket"
                            .formatted(
                                    other.get().path(),
                                    other.get().kind() == FileKind.DIRECTORY
                                            ? "directory"
                                            : "regular file"));
        }
        Optional<PathStep> socket = end.filter(s -> s.kind() == FileKind.SOCKET);
        if (walk.isEmpty() || socket.isEmpty()) {
            return denied.map(d -> unseen(matter, d)).orElse(Judgement.notConcerned());
        }
        return judge(matter, denied, walk.get(), socket.get());
    }

    private static Judgement judge(
            Matter matter, Optional<ErrorGroup> denied, PathWalk walk, PathStep socket) {
        if (!Access.mayConnect(socket, walk.traveller())) {
            return argue(matter, denied, walk, socket);
        }
        if (denied.isEmpty()) {
            return Judgement.notConcerned();
        }
        String open =
                "%s admits %s (%s)"
                        .formatted(socket.path(), walk.traveller().user(), socket.modeAndOwner());
        return madeAnew(matter)
                .map(at -> wasClosed(matter, denied.get(), open, at))
                .orElseGet(() -> Judgement.ruledOut(open));
    }

    /**
     * When the application made the socket anew after the last failure, with another mode maybe.
     */
    private static Optional<Instant> madeAnew(Matter matter) {
        return matter.listener()
                .flatMap(matter.scene()::owner)
                .map(ProcessState::startedAt)
                .filter(at -> matter.last().filter(at::isAfter).isPresent());
    }

    private static Judgement wasClosed(
            Matter matter, ErrorGroup denied, String open, Instant madeAnew) {
        String at = matter.scene().clock(madeAnew);
        return Argument.that(
                        "peer:" + matter.peerText(),
                        "the socket did not admit nginx's worker until it was made anew at " + at)
                .because(MODERATE, matter.logged(denied))
                .missing("path", "the mode it had before; now " + open)
                .explain(
                        "Connects were denied until the application started again at %s and made the socket anew; since then the mode is right."
                                .formatted(at))
                .judgement();
    }

    private static Judgement unseen(Matter matter, ErrorGroup denied) {
        String path = matter.unixPeer().map(Address.Unix::path).orElse("");
        return Argument.that(
                        "peer:" + matter.peerText(),
                        "nginx's worker was denied the socket, perhaps by its mode or owner")
                .because(MODERATE, matter.logged(denied))
                .missing("path", "mode and owner of the socket and the directories above it")
                .explain(
                        "The kernel denied the connect to %s: the socket, a directory above it or a security module is closed to the worker."
                                .formatted(path))
                .next(
                        Shell.command("sudo", "namei", "-l", path),
                        "shows which element of the path is closed to the worker's user")
                .now(
                        "give the worker's group write permission on the socket, where the application makes it",
                        Risk.LOW,
                        Steps.edit(
                                "PHP-FPM: listen.owner, listen.group, listen.mode = 0660; systemd socket unit: SocketUser=, SocketMode=; uWSGI: chmod-socket = 660; gunicorn: --umask 007 and the worker's group"))
                .wontHelp("chmod 777 on the socket: it is gone at the next start")
                .judgement();
    }

    private static Judgement argue(
            Matter matter, Optional<ErrorGroup> denied, PathWalk walk, PathStep socket) {
        Identity worker = walk.traveller();
        Argument argument = Argument.that("socket:" + socket.path(), title(worker, socket));
        denied.ifPresent(d -> argument.because(MODERATE, matter.logged(d)));
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                walk,
                                "%s is %s, and %s has uid %d and groups %s: no write permission"
                                        .formatted(
                                                socket.path(),
                                                socket.modeAndOwner(),
                                                worker.user(),
                                                worker.uid(),
                                                worker.groups())));
        Access.closedDirectory(walk)
                .ifPresent(
                        d ->
                                argument.against(
                                        MODERATE,
                                        "path",
                                        "%s above it is closed to the worker as well (%s)"
                                                .formatted(d.path(), d.modeAndOwner()),
                                        "namei -l"));
        argument.explain(
                "To connect, %s needs write permission on %s, which is %s."
                        .formatted(worker.user(), socket.path(), socket.modeAndOwner()));
        now(matter, worker, socket, argument);
        argument.toStay(
                "let the application make the socket so",
                Risk.LOW,
                Steps.edit(setting(matter, worker, socket)));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(Identity worker, PathStep socket) {
        String full =
                "nginx's worker (%s) may not write to %s (%s)"
                        .formatted(worker.user(), socket.path(), socket.modeAndOwner());
        return full.length() <= 100
                ? full
                : "nginx's worker (%s) may not write to the socket (%s)"
                        .formatted(worker.user(), socket.modeAndOwner());
    }

    /**
     * A group that may write already is joined, and that lasts; workers take up their groups when
     * they start, so a reload does. Else an ACL entry serves until the socket is made anew.
     */
    private static void now(Matter matter, Identity worker, PathStep socket, Argument argument) {
        boolean groupWrites = (socket.mode() & GROUP_WRITE) != 0 && socket.acl().isEmpty();
        if (groupWrites && socket.gid() != 0 && !POWERFUL.contains(socket.group())) {
            argument.now(
                    "put the worker's user into the socket's group",
                    Risk.LOW,
                    new Remedy.Step(
                            Shell.command("sudo", "usermod", "-aG", socket.group(), worker.user()),
                            "the group may write to the socket already"),
                    Steps.reload(matter));
        } else {
            argument.now(
                    "admit the worker until the socket is made anew",
                    Risk.LOW,
                    new Remedy.Step(
                            Shell.command(
                                    "sudo",
                                    "setfacl",
                                    "-m",
                                    "u:" + worker.user() + ":rw",
                                    socket.path()),
                            "this one user, on this one socket"));
        }
    }

    /** The knob of whoever makes the socket, as far as that is known. */
    private static String setting(Matter matter, Identity worker, PathStep socket) {
        Optional<ProcessState> owner = matter.listener().flatMap(matter.scene()::owner);
        if (owner.filter(o -> Programs.is(o, "php-fpm")).isPresent()) {
            return "in its PHP-FPM pool: listen.owner = %1$s, listen.group = %1$s, listen.mode = 0660; then reload PHP-FPM"
                    .formatted(worker.user());
        }
        if (owner.filter(o -> Programs.is(o, "systemd")).isPresent()) {
            return "in the socket unit: SocketGroup=%s and SocketMode=0660"
                    .formatted(worker.user());
        }
        if (owner.filter(o -> Programs.is(o, "uwsgi")).isPresent()) {
            return "in the uWSGI configuration: chmod-socket = 660 and chown-socket = %s:%s"
                    .formatted(socket.owner(), worker.user());
        }
        if (owner.filter(o -> Programs.is(o, "gunicorn")).isPresent()) {
            return "gunicorn --umask 007, with Group=%s in its unit".formatted(worker.user());
        }
        return "its umask must leave the group its w bit (UMask=0007), and its group must be one the worker is in (Group=%s in its unit)"
                .formatted(worker.user());
    }
}
