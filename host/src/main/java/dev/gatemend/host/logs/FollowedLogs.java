package dev.gatemend.host.logs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * The logs that somebody wants to follow, open. Unlike for {@link LogFiles} a file need not be
 * there yet, and what cannot grow is a problem.
 */
public final class FollowedLogs implements AutoCloseable {
    /** Each is looked at several times a second. */
    private static final int MOST = 100;

    private final List<FollowedLog> logs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> awaited = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private final Set<Path> named = new HashSet<>();

    private FollowedLogs() {}

    /**
     * Opens what the words name: files that are there or will be, patterns, named pipes, {@code -}
     * for standard input where it is a pipe.
     */
    public static FollowedLogs open(List<String> words, InputStream standardInput) {
        FollowedLogs followed = new FollowedLogs();
        List<Path> paths = new ArrayList<>();
        for (String word : words) {
            if (LogNames.STANDARD.contains(word)) {
                followed.standard(standardInput);
            } else {
                followed.word(word, paths);
            }
        }
        paths.forEach(path -> followed.named.add(path.toAbsolutePath().normalize()));
        paths.forEach(followed::add);
        return followed;
    }

    /** In the order in which they were named. */
    public List<FollowedLog> logs() {
        return List.copyOf(logs);
    }

    /** What cannot be followed, each as {@code path: what: what to do}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Names of files that are not there yet. */
    public List<String> awaited() {
        return List.copyOf(awaited);
    }

    @Override
    public void close() throws IOException {
        for (FollowedLog log : logs) {
            log.close();
        }
    }

    private void standard(InputStream input) {
        if (!seen.add("-")) {
            return;
        }
        if (input instanceof FileInputStream given) {
            try {
                LogFile.from(given.getChannel());
                problems.add("-: is a file, not a pipe: name it instead");
                return;
            } catch (IOException e) {
                // It has no position: a pipe, a socket or a terminal, which is what is wanted.
                logs.add(new FollowedLog("-", GrowingPipe.of("-", () -> given), Optional.empty()));
                return;
            }
        }
        logs.add(new FollowedLog("-", GrowingPipe.of("-", () -> input), Optional.empty()));
    }

    private void word(String word, List<Path> paths) {
        try {
            Path path = Path.of(word);
            boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (there || !NamePattern.isOne(word)) {
                paths.add(path);
                return;
            }
            List<Path> found =
                    NamePattern.expand(path).stream().filter(p -> !Files.isDirectory(p)).toList();
            paths.addAll(found);
            if (found.isEmpty()) {
                problems.add(word + ": no file has such a name: see what is there with ls -l");
            }
        } catch (InvalidPathException e) {
            problems.add(word + ": " + e.getReason() + ": name a file");
        } catch (PatternSyntaxException e) {
            problems.add(word + ": no such file, and no pattern: " + e.getDescription());
        }
    }

    private void add(Path path) {
        String name = path.toString();
        try {
            open(path, name);
        } catch (NoSuchFileException e) {
            if (name.isEmpty()) {
                problems.add("an empty name: name a file");
            } else if (seen.add(path.toAbsolutePath().normalize())) {
                awaited.add(name);
                add(new FollowedLog(name, GrowingLog.awaited(path), Optional.empty()));
            }
        } catch (IOException e) {
            problems.add(Unreadable.because(name, e));
        }
    }

    private void open(Path path, String name) throws IOException {
        FileKind kind = FileKind.of(path);
        if (kind != FileKind.REGULAR && kind != FileKind.PIPE) {
            problems.add(Unreadable.because(name, kind));
            return;
        }
        Object key =
                Files.getAttribute(path, "unix:ino") + ":" + Files.getAttribute(path, "unix:dev");
        if (!seen.add(key)) {
            return;
        }
        Optional<String> older = olderPartOf(path);
        if (older.isPresent()) {
            problems.add(
                    name
                            + ": is an older part of "
                            + older.get()
                            + ", which is followed: leave it out");
        } else if (kind == FileKind.PIPE) {
            GrowingPipe pipe = GrowingPipe.of(name, () -> new FileInputStream(path.toFile()));
            add(new FollowedLog(name, pipe, Optional.empty()));
        } else {
            regular(path, name);
        }
    }

    private void regular(Path path, String name) throws IOException {
        GrowingLog log = GrowingLog.open(path, 0);
        LogFile file = log.file().orElseThrow();
        byte[] head = new byte[Packing.TELLING];
        int length = Math.max(0, file.read(0, head, 0, head.length));
        Packing packing = Packing.of(java.util.Arrays.copyOf(head, length));
        if (packing == Packing.NONE) {
            add(new FollowedLog(name, log, Optional.of(file)));
            return;
        }
        log.close();
        problems.add(
                "%s: is packed with %s and does not grow: leave it out, or read it without following"
                        .formatted(name, packing.word()));
    }

    private void add(FollowedLog log) {
        if (logs.size() < MOST) {
            logs.add(log);
        } else if (problems.stream().noneMatch(said -> said.endsWith("follow fewer at a time"))) {
            problems.add(
                    log.name() + ": one of more than " + MOST + " files: follow fewer at a time");
        }
    }

    /** Rotation would bring the same lines to it once more. */
    private Optional<String> olderPartOf(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return Optional.ofNullable(whole.getFileName())
                .flatMap(file -> RotatedName.of(file.toString()))
                .map(rotated -> whole.resolveSibling(rotated.log()))
                .filter(named::contains)
                .map(Path::toString);
    }
}
