package dev.gatemend.host;

import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves of a git repository's HEAD, as git itself notes them in {@code logs/HEAD} (git-reflog(1)):
 * a line a move, with both commits, who, when, and by which command.
 */
record GitHistory(Path repository, List<Move> moves) {
    private static final int HIGHEST = 4;
    private static final int MOST = 5;
    private static final int MOST_BYTES = 64 << 10;
    private static final int SHORT = 8;
    private static final int LONGEST = 120;

    private static final Pattern LINE =
            Pattern.compile(
                    "([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^<>]{0,200}) ?<[^>]{0,200}> (\\d{1,12}) [+-]\\d{4}(?:\\t(.*))?");

    private static final Pattern ELSEWHERE = Pattern.compile("gitdir: (.{1,500})");

    /** One of them, in words. */
    record Move(Instant at, String words) {}

    /**
     * Of the repository that a directory lies in; empty where it lies in none.
     *
     * @param root of the host, at which the search ends
     */
    static Optional<GitHistory> of(Path root, Path directory, Window period) throws IOException {
        Path here = directory;
        for (int up = 0; up < HIGHEST && here != null && !here.equals(root); up++) {
            Optional<Path> git = git(here);
            if (git.isPresent()) {
                return Optional.of(new GitHistory(here, moves(git.get(), period)));
            }
            here = here.getParent();
        }
        return Optional.empty();
    }

    /** A worktree's or submodule's {@code .git} is a file that names the directory. */
    private static Optional<Path> git(Path directory) throws IOException {
        Path git = directory.resolve(".git");
        if (Files.isDirectory(git)) {
            return Optional.of(git);
        }
        if (!Files.isRegularFile(git)) {
            return Optional.empty();
        }
        Matcher elsewhere = ELSEWHERE.matcher(SmallFile.read(git, 1024).strip());
        try {
            return elsewhere.matches()
                    ? Optional.of(directory.resolve(elsewhere.group(1)))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<Move> moves(Path git, Window period) throws IOException {
        Path log = git.resolve("logs/HEAD");
        List<Move> moves = new ArrayList<>();
        if (Files.isRegularFile(log)) {
            for (String line : TextTail.lines(log, MOST_BYTES, StandardCharsets.UTF_8)) {
                move(line).filter(m -> period.contains(m.at())).ifPresent(moves::add);
            }
        }
        return List.copyOf(moves.subList(Math.max(0, moves.size() - MOST), moves.size()));
    }

    private static Optional<Move> move(String line) {
        Matcher written = LINE.matcher(line);
        if (!written.matches()) {
            return Optional.empty();
        }
        String command = written.group(5) == null ? "HEAD was moved" : written.group(5);
        return Optional.of(
                new Move(
                        Instant.ofEpochSecond(Long.parseLong(written.group(4))),
                        "%s, to %s by %s"
                                .formatted(
                                        command.substring(0, Math.min(command.length(), LONGEST)),
                                        written.group(2).substring(0, SHORT),
                                        written.group(3).strip())));
    }
}
