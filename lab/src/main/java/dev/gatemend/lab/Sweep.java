package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves nothing behind: ends the processes of a run, takes down its namespaces, control groups and
 * mounts, and removes its directory. It goes by the notes in the directory alone, so it serves a
 * run that ended as well as one that was killed, and running it twice does no harm.
 */
public final class Sweep {
    private static final Duration TO_DIE = Duration.ofSeconds(5);

    /** Where a systemd-nspawn that was killed leaves a directory of its machine's name. */
    private static final Path PROPAGATED = Path.of("/run/systemd/nspawn/propagate");

    private Sweep() {}

    /** Run by the {@link Guard} when the bench's own process is gone. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        clean(new RunDirectory(Path.of(arguments[0])));
    }

    static void clean(RunDirectory directory) throws IOException, InterruptedException {
        if (!Files.isDirectory(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        endProcesses(directory);
        for (ControlGroup group : directory.notedControlGroups()) {
            Await.within(TO_DIE, group::remove);
            Files.deleteIfExists(PROPAGATED.resolve(group.path().getFileName()));
        }
        for (String namespace : directory.notedNamespaces()) {
            Command.attempt("ip", "netns", "del", namespace);
        }
        for (Path mount : mountsBelow(directory.path())) {
            Command.attempt("umount", "-l", mount.toString());
        }
        remove(directory.path());
    }

    private static void endProcesses(RunDirectory directory)
            throws IOException, InterruptedException {
        Set<Long> sessions = new HashSet<>(directory.notedSessions());
        Await.within(
                TO_DIE,
                () -> {
                    Set<Long> left = new HashSet<>(ProcessTable.marked(directory.path()));
                    left.addAll(ProcessTable.members(sessions, directory.path()));
                    for (ControlGroup group : directory.notedControlGroups()) {
                        left.addAll(group.processes());
                    }
                    left.forEach(pid -> ProcessHandle.of(pid).ifPresent(Sweep::kill));
                    return left.isEmpty();
                });
    }

    private static void kill(ProcessHandle process) {
        if (process.pid() != ProcessHandle.current().pid()) {
            process.destroyForcibly();
        }
    }

    /** Innermost first. */
    private static List<Path> mountsBelow(Path directory) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ", 6)[4])
                .filter(point -> point.startsWith(directory + "/"))
                .map(Path::of)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Removes a directory with all in it, following no link; somebody else may be at it, too. */
    static void remove(Path tree) throws IOException {
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    // A scenario may have closed a directory to its own owner.
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes its)
                            throws IOException {
                        try {
                            Files.setPosixFilePermissions(
                                    path, PosixFilePermissions.fromString("rwx------"));
                            return FileVisitResult.CONTINUE;
                        } catch (NoSuchFileException _) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes its)
                            throws IOException {
                        Files.deleteIfExists(path);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path path, IOException failure)
                            throws IOException {
                        Files.deleteIfExists(path);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
