package dev.gatemend.host.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** The files that words name, in order, each once. */
final class LogNames {
    /** Each stays open until the end, and a process may hold so many almost everywhere. */
    private static final int MOST = 1_000;

    static final Set<String> STANDARD = Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private final List<InTime.Named> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private boolean standardInput;

    private LogNames() {}

    static LogNames of(List<String> words) {
        LogNames names = new LogNames();
        words.forEach(names::word);
        return names;
    }

    boolean standardInput() {
        return standardInput;
    }

    /** Regular files and pipes. */
    List<Path> paths() {
        return InTime.sorted(files);
    }

    List<String> problems() {
        return problems;
    }

    private void word(String word) {
        if (STANDARD.contains(word)) {
            standardInput = true;
            return;
        }
        path(word)
                .ifPresent(
                        path -> {
                            boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
                            if (!there && NamePattern.isOne(word)) {
                                pattern(word, path);
                            } else {
                                file(path);
                            }
                        });
    }

    private Optional<Path> path(String word) {
        try {
            return Optional.of(Path.of(word)).filter(path -> !word.isEmpty());
        } catch (InvalidPathException e) {
            problems.add(word + ": " + e.getReason() + ": name a file");
            return Optional.empty();
        }
    }

    private void pattern(String word, Path pattern) {
        try {
            List<Path> found = NamePattern.expand(pattern);
            // A star means the logs of a directory, not the directories beside them.
            found.stream().filter(path -> !Files.isDirectory(path)).forEach(this::file);
            if (found.isEmpty()) {
                problems.add(word + ": no file has such a name: see what is there with ls -l");
            }
        } catch (PatternSyntaxException e) {
            problems.add(word + ": no such file, and no pattern: " + e.getDescription());
        }
    }

    private void file(Path path) {
        try {
            FileKind kind = FileKind.of(path);
            if (kind != FileKind.REGULAR && kind != FileKind.PIPE) {
                problems.add(Unreadable.because(path.toString(), kind));
                return;
            }
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Object key = attributes.fileKey() == null ? path : attributes.fileKey();
            if (seen.size() < MOST && seen.add(key)) {
                files.add(new InTime.Named(path, attributes.lastModifiedTime().toInstant()));
            } else if (!seen.contains(key)) {
                tooMany(path);
            }
        } catch (IOException e) {
            problems.add(Unreadable.because(path.toString(), e));
        }
    }

    private void tooMany(Path path) {
        String problem = path + ": one of more than " + MOST + " files: name fewer at a time";
        if (problems.stream().noneMatch(said -> said.endsWith("name fewer at a time"))) {
            problems.add(problem);
        }
    }
}
