package dev.gatemend.host;

import dev.gatemend.model.AclEntry;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a path as the kernel would for a process with that root (path_resolution(7)), and notes
 * what stands at each element. Links lead on inside that root, absolute ones too.
 *
 * @param root {@code /proc/PID/root}
 * @param accounts that name owners and groups
 * @param acl whether to ask for access control lists, which are the live kernel's to tell
 */
record PathWalker(Path root, Accounts accounts, boolean acl) {
    /** The kernel's own limits: links followed, and bytes of a path. */
    private static final int MOST_LINKS = 40;

    private static final int LONGEST = 4_096;

    /** Type bits of a mode (inode(7)). */
    private static final int TYPE = 0170000;

    /**
     * What was found.
     *
     * @param stopped why the walk ended early; empty when it reached the end or what is missing
     */
    record Found(List<PathStep> steps, Optional<String> stopped) {}

    /** Walks an absolute path. */
    Found walk(String path) {
        List<PathStep> steps = new ArrayList<>();
        try {
            return new Found(steps, follow(path, steps));
        } catch (InvalidPathException e) {
            return new Found(steps, Optional.of("a name that this locale cannot spell"));
        } catch (IOException e) {
            return new Found(steps, Optional.of(Because.of(e)));
        }
    }

    private Optional<String> follow(String path, List<PathStep> steps) throws IOException {
        if (path.length() > LONGEST) {
            return Optional.of("longer than " + LONGEST + " characters");
        }
        Deque<String> waiting = new ArrayDeque<>(elements(path));
        List<String> here = new ArrayList<>();
        int links = 0;
        steps.add(step("/"));
        while (!waiting.isEmpty()) {
            String element = waiting.removeFirst();
            if (element.equals("..")) {
                // Search permission on the directory left was needed to get here, and is listed.
                here = new ArrayList<>(here.subList(0, Math.max(0, here.size() - 1)));
                continue;
            }
            here.add(element);
            PathStep step = step("/" + String.join("/", here));
            steps.add(step);
            if (step.kind() == FileKind.MISSING) {
                return Optional.empty();
            }
            if (step.kind() == FileKind.SYMLINK) {
                if (++links > MOST_LINKS) {
                    return Optional.of("too many symbolic links");
                }
                String target = step.link().orElse("");
                here.removeLast();
                if (target.startsWith("/")) {
                    here.clear();
                }
                elements(target).reversed().forEach(waiting::addFirst);
            } else if (!waiting.isEmpty() && step.kind() != FileKind.DIRECTORY) {
                return Optional.of(step.path() + " is not a directory");
            }
        }
        return Optional.empty();
    }

    private static List<String> elements(String path) {
        List<String> elements = new ArrayList<>();
        for (String element : path.split("/", -1)) {
            if (!element.isEmpty() && !element.equals(".")) {
                elements.add(element);
            }
        }
        return elements;
    }

    private PathStep step(String path) throws IOException {
        Path file = path.equals("/") ? root : root.resolve(path.substring(1));
        try {
            // The root itself is a link of /proc, to be followed; nothing below it is.
            Map<String, Object> stat =
                    path.equals("/")
                            ? Files.readAttributes(file, "unix:mode,uid,gid,ino,dev")
                            : Files.readAttributes(
                                    file, "unix:mode,uid,gid,ino,dev", LinkOption.NOFOLLOW_LINKS);
            return step(path, file, stat);
        } catch (NoSuchFileException e) {
            return PathStep.missing(path);
        }
    }

    private PathStep step(String path, Path file, Map<String, Object> stat) throws IOException {
        int mode = number(stat, "mode");
        int gid = number(stat, "gid");
        FileKind kind = kind(mode);
        return new PathStep(
                path,
                kind,
                mode & 07777,
                number(stat, "uid"),
                gid,
                accounts.user(number(stat, "uid")),
                accounts.group(gid),
                kind == FileKind.SYMLINK ? List.of() : acl(file, gid),
                longNumber(stat, "ino"),
                longNumber(stat, "dev"),
                kind == FileKind.SYMLINK
                        ? Optional.of(Files.readSymbolicLink(file).toString())
                        : Optional.empty());
    }

    private List<AclEntry> acl(Path file, int gid) throws IOException {
        return acl
                ? NativeCalls.attribute(file, PosixAcl.ATTRIBUTE)
                        .map(value -> PosixAcl.parse(value, gid))
                        .orElse(List.of())
                : List.of();
    }

    private static FileKind kind(int mode) {
        return switch (mode & TYPE) {
            case 0040000 -> FileKind.DIRECTORY;
            case 0140000 -> FileKind.SOCKET;
            case 0100000 -> FileKind.REGULAR;
            case 0120000 -> FileKind.SYMLINK;
            case 0010000 -> FileKind.FIFO;
            default -> FileKind.DEVICE;
        };
    }

    private static int number(Map<String, Object> stat, String name) {
        return (int) longNumber(stat, name);
    }

    private static long longNumber(Map<String, Object> stat, String name) {
        return stat.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
