package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The private directory of one run. It holds everything the run makes, and the notes by which a
 * {@link Sweep} finds what the run started.
 *
 * @param path {@code /tmp/gatemend-lab-...}, for other users to traverse but not to list
 */
record RunDirectory(Path path) {
    /** In the environment of all that a run starts, with its directory. */
    static final String MARK = "GATEMEND_LAB_RUN";

    private static final String PREFIX = "gatemend-lab-";
    private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

    /** Makes a new one, owned by this process. */
    static RunDirectory create() throws IOException {
        Path path =
                Files.createTempDirectory(
                                TEMP,
                                PREFIX,
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rwx------")))
                        .toRealPath();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        RunDirectory directory = new RunDirectory(path);
        directory.noteOwner();
        return directory;
    }

    /** Those that an earlier run of ours left because it was killed together with its guard. */
    static List<RunDirectory> orphans() throws IOException {
        List<RunDirectory> orphans = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(TEMP, PREFIX + "*")) {
            for (Path path : found) {
                RunDirectory directory = new RunDirectory(path);
                if (directory.isOrphan()) {
                    orphans.add(directory);
                }
            }
        }
        return orphans;
    }

    /** Notes a session that a {@link Sweep} has to end; written before anything else runs in it. */
    void noteSession(long session) throws IOException {
        note(sessions(), Long.toString(session));
    }

    /** Notes a network namespace that a {@link Sweep} has to delete. */
    void noteNamespace(String name) throws IOException {
        note(namespaces(), name);
    }

    /** Notes a control group whose processes a {@link Sweep} has to end, and which it removes. */
    void noteControlGroup(ControlGroup group) throws IOException {
        note(controlGroups(), group.path().toString());
    }

    List<Long> notedSessions() throws IOException {
        return lines(sessions()).stream().map(Long::valueOf).toList();
    }

    List<String> notedNamespaces() throws IOException {
        return lines(namespaces());
    }

    List<ControlGroup> notedControlGroups() throws IOException {
        return lines(controlGroups()).stream().map(Path::of).map(ControlGroup::new).toList();
    }

    private static synchronized void note(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** All at once, so that nobody reads half of it and takes us for dead. */
    private void noteOwner() throws IOException {
        Path written = path.resolve(".owner-being-written");
        Files.writeString(
                written,
                ProcessTable.identity(ProcessHandle.current().pid()) + "\n" + pidNamespace());
        Files.move(written, owner(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** One that vanishes while we look is being swept by its own bench. */
    private boolean isOrphan() throws IOException {
        try {
            return isOurs() && !ownerAlive();
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /** A directory of that name made by somebody else in a shared /tmp is none of our business. */
    private boolean isOurs() throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                        .getName()
                        .equals(System.getProperty("user.name"))
                && Files.exists(owner());
    }

    private boolean ownerAlive() throws IOException {
        List<String> notes = Files.readAllLines(owner());
        if (notes.size() != 2 || !notes.getLast().equals(pidNamespace())) {
            return true; // One in a container that shares our /tmp: we cannot see its processes.
        }
        String noted = notes.getFirst();
        int blank = noted.indexOf(' ');
        return blank > 0
                && ProcessTable.identity(Long.parseLong(noted.substring(0, blank))).equals(noted);
    }

    private static String pidNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    }

    private Path owner() {
        return path.resolve(".owner");
    }

    private Path sessions() {
        return path.resolve(".sessions");
    }

    private Path namespaces() {
        return path.resolve(".namespaces");
    }

    private Path controlGroups() {
        return path.resolve(".control-groups");
    }
}
