package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;

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
import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A file system that nginx or the application writes to has no room left. */
public final class DiskFull implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "disk-full",
                    Group.LIMITS,
                    Frequency.OCCASIONAL,
                    "A file system nginx or the application writes to is full",
                    """
                    nginx writes request bodies and large answers to temporary files. Without room an upload ends in 500, and \
                    a download breaks off in the middle (status 200, fewer bytes). Out of inodes looks the same while df shows \
                    free bytes. A full disk also silences the witnesses: nginx drops log lines it cannot write, and \
                    applications and databases fail in ways of their own.""",
                    "errno 28 (or 122, a quota; 30, read-only) in nginx's or the application's log; the room on the file system.",
                    List.of(),
                    List.of(
                            "raising buffers or time-outs: the next file does not fit either",
                            "deleting a log that a process holds open: its room comes back when the process reopens it"));

    private static final Set<Integer> ERRNOS = Set.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EROFS);

    /** Troubles at a peer that an application without room may cause. */
    private static final Set<Trouble> AT_PEER =
            Set.of(Trouble.CONNECT, Trouble.CLOSED, Trouble.TIMEOUT, Trouble.UPSTREAM_STATUS);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return Unwritable.of(matter, ERRNOS)
                .map(failure -> argue(matter, failure))
                .or(() -> ofSpaceAlone(matter))
                .or(() -> ofApplication(matter))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, Unwritable failure) {
        Optional<FileSystemSpace> space = matter.scene().space(failure.path());
        String mount = space.map(FileSystemSpace::mountPoint).orElse(failure.directory());
        Argument argument =
                Argument.that("filesystem:" + mount, Excerpt.title(title(failure, space, mount)));
        // The kernel said so at the write; temporary files are gone by the time one looks.
        argument.because(DECISIVE, failure.sighting());
        space.ifPresent(s -> weigh(matter, argument, s, failure.errno()));
        if (space.isEmpty()) {
            argument.missing(
                    "space",
                    "the room on the file system of %s was not read".formatted(failure.path()));
        }
        argument.explain(explanation(failure.errno(), mount));
        remedies(argument, mount, failure.errno());
        return argument.judgement();
    }

    private static String title(Unwritable failure, Optional<FileSystemSpace> space, String mount) {
        if (failure.errno() == Errno.EROFS) {
            return "%s is mounted read-only; nginx cannot write %s"
                    .formatted(mount, failure.path());
        }
        if (failure.errno() == Errno.EDQUOT) {
            return "a disk quota on %s is used up; nginx cannot write %s"
                    .formatted(mount, failure.path());
        }
        if (space.filter(FileSystemSpace::outOfInodes).isPresent()) {
            return "%s has no inodes left; nginx cannot write %s".formatted(mount, failure.path());
        }
        boolean now = space.filter(FileSystemSpace::full).isPresent();
        return "%s %s full; nginx could not write %s"
                .formatted(mount, now ? "is" : "was", failure.path());
    }

    private static void weigh(Matter matter, Argument argument, FileSystemSpace space, int errno) {
        boolean fits =
                switch (errno) {
                    case Errno.EROFS -> space.readOnly();
                    case Errno.EDQUOT -> false;
                    default -> space.full() || space.outOfInodes();
                };
        if (fits) {
            argument.because(DECISIVE, matter.scene().sighting(space, room(space)));
        }
    }

    private static String room(FileSystemSpace space) {
        String mount = "%s (%s)".formatted(space.mountPoint(), space.type());
        if (space.full()) {
            return "%s has no room: %s of %s free"
                    .formatted(mount, size(space.bytesFree()), size(space.bytes()));
        }
        if (space.outOfInodes()) {
            return "%s has no inode left of %,d, though %s are free"
                    .formatted(mount, space.inodes(), size(space.bytesFree()));
        }
        return space.readOnly() ? mount + " is mounted read-only" : mount + " has room";
    }

    private static String size(long bytes) {
        if (bytes >= 1L << 30) {
            return "%,.1f GiB".formatted(bytes / (double) (1L << 30));
        }
        return bytes >= 1 << 20 ? "%d MiB".formatted(bytes >> 20) : "%d KiB".formatted(bytes >> 10);
    }

    private static String explanation(int errno, String mount) {
        return switch (errno) {
            case Errno.EROFS ->
                    "The kernel mounts a file system read-only after errors of the disk, or the container was given it so; uploads then end in 500 and large answers break off.";
            case Errno.EDQUOT ->
                    "The user or project nginx's workers belong to may not take more room on %s, however much is free."
                            .formatted(mount);
            default ->
                    "Request bodies and answers larger than the buffers go to temporary files on %s; without room uploads end in 500 and large answers break off."
                            .formatted(mount);
        };
    }

    private static void remedies(Argument argument, String mount, int errno) {
        switch (errno) {
            case Errno.EROFS ->
                    argument.now(
                            "find out why it is read-only before mounting it writable",
                            Risk.MEDIUM,
                            new Remedy.Step(
                                    Shell.command("findmnt", "-T", mount), "how it is mounted"),
                            new Remedy.Step("sudo dmesg --level=err,warn", "errors of the disk"));
            case Errno.EDQUOT ->
                    argument.now(
                            "raise the quota or remove what uses it up",
                            Risk.LOW,
                            new Remedy.Step(
                                    Shell.command("sudo", "repquota", mount), "who uses how much"));
            default -> makeRoom(argument, mount);
        }
        argument.toStay(
                "rotate logs, bound caches (max_size=) and watch the room that is left", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static void makeRoom(Argument argument, String mount) {
        argument.now(
                "make room on " + mount,
                Risk.MEDIUM,
                new Remedy.Step(Shell.command("df", "-h", mount), "bytes"),
                new Remedy.Step(Shell.command("df", "-i", mount), "inodes"),
                new Remedy.Step(
                        Shell.command("sudo", "du", "-xh", "--max-depth=2", mount)
                                + " | sort -h | tail -n 20",
                        "what takes the room"),
                new Remedy.Step(
                        "sudo lsof -nP +L1",
                        "deleted files that a process still holds open take room too"));
    }

    /** nginx drops log lines it cannot write, so a full disk may be all there is to see. */
    private static Optional<Judgement> ofSpaceAlone(Matter matter) {
        boolean silent =
                matter.peer().isEmpty()
                        && (matter.kind() == Symptom.Kind.LATENT
                                || matter.trouble() == Trouble.OWN_STATUS
                                || matter.trouble() == Trouble.UNTOLD);
        return silent ? full(matter).findFirst().map(s -> argue(matter, s)) : Optional.empty();
    }

    private static Stream<FileSystemSpace> full(Matter matter) {
        return matter.scene().facts(FileSystemSpace.class).filter(s -> s.full() || s.outOfInodes());
    }

    private static Judgement argue(Matter matter, FileSystemSpace space) {
        String what = space.full() ? "is full" : "has no inodes left";
        Argument argument =
                Argument.that(
                        "filesystem:" + space.mountPoint(),
                        Excerpt.title(
                                "%s %s, and %s is on it"
                                        .formatted(space.mountPoint(), what, space.usedBy())));
        // A state that needs mending by itself; whether it is behind failures is less sure.
        argument.because(
                matter.kind() == Symptom.Kind.LATENT ? DECISIVE : STRONG,
                matter.scene().sighting(space, room(space)));
        argument.explain(
                "The next file written to %s fails. nginx drops log lines it cannot write, so its logs may be silent about it."
                        .formatted(space.usedBy()));
        remedies(argument, space.mountPoint(), Errno.ENOSPC);
        return argument.judgement();
    }

    /** The application behind the peer says it, and a file system of this host is full indeed. */
    private static Optional<Judgement> ofApplication(Matter matter) {
        if (!AT_PEER.contains(matter.trouble())) {
            return Optional.empty();
        }
        return matter.scene()
                .facts(JournalLine.class)
                .filter(DiskFull::saysFull)
                .findFirst()
                .flatMap(line -> full(matter).findFirst().map(s -> argue(matter, line, s)));
    }

    /** inotify's limit on watches has the same errno text and nothing to do with disks. */
    private static boolean saysFull(JournalLine line) {
        boolean says =
                line.text().contains("No space left on device")
                        || line.text().contains("Disk quota exceeded")
                        || line.text().contains("ENOSPC");
        return says && !line.text().contains("inotify") && !line.text().contains("watch");
    }

    private static Judgement argue(Matter matter, JournalLine line, FileSystemSpace space) {
        Argument argument =
                Argument.that(
                        "filesystem:" + space.mountPoint(),
                        Excerpt.title(
                                "%s is full, and %s fails for want of room"
                                        .formatted(space.mountPoint(), line.unit())));
        argument.because(STRONG, matter.scene().sighting(space, room(space)));
        argument.because(
                STRONG,
                matter.scene()
                        .sighting(
                                line,
                                "%s says: %s"
                                        .formatted(
                                                line.unit(),
                                                Excerpt.of(Printable.oneLine(line.text()), 160))));
        argument.explain(
                "Without room the application cannot write what it needs to start or to answer.");
        remedies(argument, space.mountPoint(), Errno.ENOSPC);
        return argument.judgement();
    }
}
