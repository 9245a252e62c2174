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
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Listener;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The application listens on a socket whose file is no longer the one it made. */
public final class SocketUnlinked implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "socket-unlinked",
                    Group.WRONG_PLACE,
                    Frequency.RARE,
                    "The application listens on a socket whose file was removed or replaced",
                    """
                    A unix socket lives on without its file. When something removes the file (a second unit with the same \
                    RuntimeDirectory=, a cleaner of /tmp, a deploy) or puts another in its place, the application still \
                    believes it listens, and nobody can reach it by the path.""",
                    "The kernel's table has a listener bound to that path, and the path holds no file or another inode.",
                    List.of(),
                    List.of(
                            "chmod or chown on the path: the listener's file is gone",
                            "touch: only bind(2) makes the file of a socket",
                            "restarting nginx: the application has to bind again"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Address.Unix> peer = matter.unixPeer().filter(u -> !u.path().startsWith("@"));
        Optional<Refusal> refusal = Refusal.of(matter);
        if (peer.isEmpty() || refusal.isEmpty() || matter.sockets().isEmpty()) {
            return Judgement.notConcerned();
        }
        List<Listener> bound =
                matter.sockets().get().listeners().stream()
                        .filter(l -> l.address().equals(peer.get()))
                        .toList();
        Optional<PathStep> file = Refusal.walk(matter).flatMap(Refusal::end);
        if (bound.isEmpty()) {
            return Judgement.ruledOut("no listener is bound to " + peer.get().path());
        }
        return file.map(f -> judge(matter, refusal.get(), bound, f))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement judge(
            Matter matter, Refusal refusal, List<Listener> bound, PathStep file) {
        Optional<Listener> reached =
                bound.stream()
                        .filter(l -> file.kind() == FileKind.SOCKET)
                        .filter(l -> l.boundTo(file.inode()).orElse(false))
                        .findFirst();
        if (reached.isPresent()) {
            return Judgement.ruledOut("the file is the one its listener made");
        }
        Listener listener = bound.getFirst();
        Optional<ProcessState> owner = matter.scene().owner(listener);
        return livesElsewhere(matter, owner)
                ? Judgement.ruledOut(
                        "the listener lives in another mount namespace, where the path is another file")
                : argue(matter, refusal, listener, owner, file);
    }

    private static boolean livesElsewhere(Matter matter, Optional<ProcessState> owner) {
        long nginx = matter.master().map(m -> m.namespaces().mount()).orElse(0L);
        long application = owner.map(o -> o.namespaces().mount()).orElse(0L);
        return nginx != 0 && application != 0 && nginx != application;
    }

    private static Judgement argue(
            Matter matter,
            Refusal refusal,
            Listener listener,
            Optional<ProcessState> owner,
            PathStep file) {
        String who =
                owner.map(o -> "%s (PID %d)".formatted(Programs.name(o), o.pid()))
                        .orElse("a process");
        // A socket of unknown origin at the path may be the listener's own: then only the refusal
        // speaks.
        boolean proven = file.kind() != FileKind.SOCKET || listener.boundFile().isPresent();
        Optional<PathStep> link = link(matter, file);
        Argument argument =
                Argument.that(
                                "peer:" + matter.peerText(),
                                link.isPresent()
                                        ? "%s listens on a socket to which its path no longer leads"
                                                .formatted(who)
                                        : "%s listens on a socket whose file %s"
                                                .formatted(who, fate(file)))
                        .because(MODERATE, refusal.sighting())
                        .because(
                                proven ? DECISIVE : MODERATE,
                                "sockets",
                                "%s is bound to %s in the kernel's table, and %s"
                                        .formatted(who, listener.address(), found(file, listener)),
                                "ss -lxnp; ls -li " + Shell.quote(file.path()));
        if (!proven) {
            argument.missing("sockets", "which file the listener is bound to");
        }
        link.ifPresentOrElse(
                l -> explainLink(who, listener, l, argument),
                () -> explainFile(who, listener, file, argument));
        argument.now(
                "let the application bind its socket again", Risk.MEDIUM, Steps.restart(owner));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** Through which the path leads to where nothing stands: the file may stand elsewhere. */
    private static Optional<PathStep> link(Matter matter, PathStep file) {
        return Refusal.walk(matter).stream()
                .filter(_ -> file.kind() == FileKind.MISSING)
                .flatMap(w -> w.steps().stream())
                .filter(s -> s.kind() == FileKind.SYMLINK)
                .reduce((_, last) -> last);
    }

    private static void explainLink(
            String who, Listener listener, PathStep link, Argument argument) {
        argument.explain(
                "%s made its socket at %s and still listens on it. Now %s leads to %s, where no socket stands: the link was switched since, or the file removed."
                        .formatted(
                                who,
                                listener.address(),
                                link.path(),
                                link.link().orElse("another place")));
        argument.toStay(
                "keep the socket where no deploy switches a link",
                Risk.LOW,
                Steps.edit("RuntimeDirectory= in its unit, or a directory outside the releases"));
    }

    private static void explainFile(
            String who, Listener listener, PathStep file, Argument argument) {
        argument.explain(
                "%s made its socket at %s and still listens on it, but the file there %s, so no path leads to it."
                        .formatted(who, listener.address(), fate(file)));
        argument.toStay(
                "give the socket a directory that only its own unit manages",
                Risk.LOW,
                Steps.edit(
                        "RuntimeDirectory= in one unit only (a socket unit and a service that both own /run/NAME remove each other's files), never below /tmp"));
    }

    private static String fate(PathStep file) {
        return file.kind() == FileKind.MISSING ? "was removed" : "was replaced";
    }

    private static String found(PathStep file, Listener listener) {
        return switch (file.kind()) {
            case MISSING -> "nothing stands at " + file.path();
            case SOCKET ->
                    listener.boundFile().isPresent()
                            ? "the socket file at %s is another one (inode %d, not %d)"
                                    .formatted(
                                            file.path(),
                                            file.inode(),
                                            listener.boundFile().getAsLong())
                            : "yet a connect through the file is refused";
            case DIRECTORY, REGULAR, SYMLINK, FIFO, DEVICE -> "what stands there is no socket";
        };
    }
}
