package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Access;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Unwritable;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Symptom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** nginx's worker may not write where its temporary or cache files go. */
public final class TempDirPermission implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "temp-dir-permission",
                    Group.LIMITS,
                    Frequency.OCCASIONAL,
                    "nginx's worker may not write to its temp or cache directory",
                    """
                    Request bodies beyond client_body_buffer_size and answers beyond the proxy buffers go to files below \
                    client_body_temp_path, proxy_temp_path and so on. If the worker's user may not create files there, large \
                    uploads end in 500 and large answers break off, while small ones succeed. Often the user directive was \
                    changed, or nginx was once started by somebody else, who left directories of his own.""",
                    "errno 13 at open() or mkdir() of a temp path; owner and mode of that directory against the worker's user.",
                    List.of(),
                    List.of(
                            "chmod 777: the directory then lets every local user read uploads",
                            "raising client_body_buffer_size: larger bodies still need the directory",
                            "running the workers as root"));

    private static final Set<Integer> ERRNOS = Set.of(Errno.EACCES, Errno.EPERM);

    /** A directory that keeps the worker out: on the way, or the last one. */
    private record Closed(PathWalk walk, PathStep step, boolean onTheWay) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        boolean concerned =
                matter.trouble() == Trouble.LOCAL || matter.trouble() == Trouble.STANDING;
        if (!concerned) {
            return Judgement.notConcerned();
        }
        return Unwritable.of(matter, ERRNOS)
                .filter(failure -> matter.trouble() == Trouble.LOCAL || atStart(failure))
                .map(failure -> argue(matter, failure))
                .or(() -> latent(matter))
                .orElse(Judgement.notConcerned());
    }

    /** At a start nginx makes its temp directories; what it opens then are other files. */
    private static boolean atStart(Unwritable failure) {
        return !failure.call().equals("open");
    }

    private static Judgement argue(Matter matter, Unwritable failure) {
        Optional<PathWalk> walk = walkTo(matter, failure.path());
        Optional<Closed> closed = walk.flatMap(TempDirPermission::closed);
        Argument argument = that(closed, user(matter).orElse("user unknown"), failure.directory());
        // The kernel refused the write; SELinux or AppArmor would give the same errno.
        argument.because(STRONG, failure.sighting());
        closed.ifPresentOrElse(
                c -> show(matter, argument, c), () -> weighOpen(matter, argument, walk, failure));
        finish(matter, argument, closed, failure.directory());
        return argument.judgement();
    }

    private static Optional<PathWalk> walkTo(Matter matter, String path) {
        return matter.scene()
                .walks(PathWalk.Purpose.TEMP_DIRECTORY)
                .filter(w -> path.startsWith(w.path().endsWith("/") ? w.path() : w.path() + "/"))
                .max(Comparator.comparingInt(w -> w.path().length()));
    }

    private static Optional<Closed> closed(PathWalk walk) {
        Optional<Closed> way =
                Access.closedDirectory(walk).map(step -> new Closed(walk, step, true));
        return way.or(
                () ->
                        target(walk)
                                .filter(s -> !Access.mayCreateIn(s, walk.traveller()))
                                .map(s -> new Closed(walk, s, false)));
    }

    private static Optional<PathStep> target(PathWalk walk) {
        return walk.steps().isEmpty() || walk.stopped().isPresent()
                ? Optional.empty()
                : Optional.of(walk.steps().getLast()).filter(s -> s.kind() == FileKind.DIRECTORY);
    }

    private static Argument that(Optional<Closed> closed, String user, String directory) {
        String where =
                closed.map(c -> "%s (%s)".formatted(c.step().path(), c.step().modeAndOwner()))
                        .orElse(directory);
        boolean way = closed.filter(Closed::onTheWay).isPresent();
        return Argument.that(
                "directory:" + closed.map(c -> c.step().path()).orElse(directory),
                Excerpt.title(
                        "nginx's worker (%s) may not %s %s"
                                .formatted(user, way ? "enter" : "create files in", where)));
    }

    private static void show(Matter matter, Argument argument, Closed closed) {
        argument.because(
                DECISIVE,
                matter.scene()
                        .sighting(
                                closed.walk(),
                                "%s is %s; %s may not %s it"
                                        .formatted(
                                                closed.step().path(),
                                                closed.step().modeAndOwner(),
                                                closed.walk().traveller().user(),
                                                closed.onTheWay() ? "enter" : "write to")));
    }

    private static void weighOpen(
            Matter matter, Argument argument, Optional<PathWalk> walk, Unwritable failure) {
        if (walk.isEmpty()) {
            argument.missing("path", "the way to %s was not walked".formatted(failure.directory()));
        } else if (walk.get().path().equals(failure.directory())) {
            argument.against(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    walk.get(),
                                    "%s may create files in %s now"
                                            .formatted(
                                                    walk.get().traveller().user(),
                                                    walk.get().path())));
        }
        argument.next(
                Shell.command("namei", "-l", failure.directory()),
                "owner and mode of each directory on the way");
        argument.next(
                "sudo ausearch -m avc -ts recent",
                "whether SELinux refused it, which gives the same errno");
    }

    /** Nothing failed yet, but the first large body will. */
    private static Optional<Judgement> latent(Matter matter) {
        if (matter.kind() != Symptom.Kind.LATENT || matter.peer().isPresent()) {
            return Optional.empty();
        }
        return matter.scene()
                .walks(PathWalk.Purpose.TEMP_DIRECTORY)
                .flatMap(w -> closed(w).stream())
                .findFirst()
                .map(closed -> argueLatent(matter, closed));
    }

    private static Judgement argueLatent(Matter matter, Closed closed) {
        Argument argument =
                that(Optional.of(closed), closed.walk().traveller().user(), closed.walk().path());
        show(matter, argument, closed);
        finish(matter, argument, Optional.of(closed), closed.walk().path());
        return argument.judgement();
    }

    private static void finish(
            Matter matter, Argument argument, Optional<Closed> closed, String directory) {
        Optional<Setting> user =
                matter.configuration()
                        .flatMap(c -> c.main().get("user"))
                        .filter(s -> !s.isDefault());
        user.ifPresent(
                setting ->
                        argument.because(
                                WEAK,
                                "configuration",
                                "the workers run as '%s'".formatted(setting),
                                setting.position().map(Position::fileAndLine).orElse("")));
        argument.explain(
                "Bodies and answers larger than the buffers go to files below %s, which belong to whoever nginx's workers were when it was made; small requests do not need it and succeed."
                        .formatted(directory));
        argument.now("let the worker's user own it", Risk.LOW, own(matter, closed, directory));
        argument.toStay(
                "start and test nginx as root only, so that it gives its directories to the user of the user directive",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Remedy.Step own(Matter matter, Optional<Closed> closed, String directory) {
        String path = closed.map(c -> c.step().path()).orElse(directory);
        Optional<String> user = user(matter);
        if (user.isEmpty() || isShared(closed, path)) {
            return new Remedy.Step(
                    "",
                    user.isEmpty()
                            ? "give %s to the user nginx's workers run as".formatted(path)
                            : "give nginx a directory of its own instead of %s".formatted(path));
        }
        return closed.filter(Closed::onTheWay).isPresent()
                ? new Remedy.Step(
                        Shell.command("sudo", "setfacl", "-m", "u:" + user.get() + ":x", path),
                        "search permission for this one user on this one directory")
                : new Remedy.Step(
                        Shell.command("sudo", "chown", "-hR", user.get() + ":", path),
                        "only nginx's own files are in it");
    }

    /** Directories everybody uses must not change hands: sticky ones, and those near the root. */
    private static boolean isShared(Optional<Closed> closed, String path) {
        boolean sticky = closed.filter(c -> (c.step().mode() & 01000) != 0).isPresent();
        boolean nearRoot = path.chars().filter(c -> c == '/').count() < 3;
        return sticky || (nearRoot && closed.filter(Closed::onTheWay).isEmpty());
    }

    private static Optional<String> user(Matter matter) {
        return matter.master()
                .flatMap(NginxMaster::workerIdentity)
                .map(Identity::user)
                .or(
                        () ->
                                matter.scene()
                                        .walks(PathWalk.Purpose.TEMP_DIRECTORY)
                                        .map(w -> w.traveller().user())
                                        .findFirst())
                .or(() -> matter.configuration().flatMap(c -> c.main().value("user")));
    }
}
