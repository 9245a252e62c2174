package dev.gatemend.host;

import dev.gatemend.model.ShellLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a live shell was told to run: its {@code -c} argument or its script's file. */
final class ShellScripts {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ash", "ksh");

    /** What keeps a program running is a page of text. */
    private static final int MOST_BYTES = 64 << 10;

    private static final int MOST_COMMANDS = 8;
    private static final int MOST_SUBSHELLS = 4;
    private static final int LONGEST_COMMAND = 512;
    private static final String INLINE = "-c";

    private final ProcessFiles files;
    private final PeersNamed peers;

    ShellScripts(ProcessFiles files, PeersNamed peers) {
        this.files = files;
        this.peers = peers;
    }

    /** The shell's loop that starts something where a peer should listen, if it runs one. */
    Optional<ShellLoop> loop(int pid, List<String> arguments) {
        if (arguments.size() < 2 || !isShell(arguments.getFirst())) {
            return Optional.empty();
        }
        int script = 1;
        while (script < arguments.size() && arguments.get(script).matches("[-+][a-zA-Z]{1,9}")) {
            if (arguments.get(script).startsWith("-") && arguments.get(script).endsWith("c")) {
                return script + 1 < arguments.size()
                        ? loop(pid, INLINE, arguments.get(script + 1))
                        : Optional.empty();
            }
            script++;
        }
        String path = script < arguments.size() ? arguments.get(script) : "";
        return path.isEmpty() || path.startsWith("-")
                ? Optional.empty()
                : absolute(pid, path).flatMap(p -> text(pid, p).flatMap(t -> loop(pid, p, t)));
    }

    private static boolean isShell(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return SHELLS.contains(name.startsWith("-") ? name.substring(1) : name);
    }

    /**
     * The script may have gone to another directory since. bash keeps it open as descriptor 255
     * (shell.c, open_shell_script), dash as 10 (input.c, setinputfile); a subshell closes it and
     * has its parent's arguments.
     */
    private Optional<String> absolute(int pid, String path) {
        return Stream.iterate(pid, p -> p > 0, this::parent)
                .limit(MOST_SUBSHELLS)
                .takeWhile(p -> files.arguments(p).equals(files.arguments(pid)))
                .flatMap(p -> held(p, path).stream())
                .findFirst()
                .or(() -> standing(pid, path));
    }

    private int parent(int pid) {
        return files.stat(pid).map(ProcessStat::parent).orElse(0);
    }

    private Optional<String> held(int pid, String path) {
        String name = "/" + path.substring(path.lastIndexOf('/') + 1);
        return Stream.of("fd/255", "fd/10")
                .flatMap(descriptor -> files.link(pid, descriptor).stream())
                .filter(open -> open.startsWith("/") && open.endsWith(name))
                .findFirst();
    }

    private Optional<String> standing(int pid, String path) {
        return path.startsWith("/")
                ? Optional.of(path)
                : files.link(pid, "cwd")
                        .map(directory -> directory + "/" + path.replaceFirst("^(\\./)+", ""));
    }

    /** Empty for what is no regular file, and for one that is too long to be such a script. */
    private Optional<String> text(int pid, String path) {
        try {
            byte[] bytes = new RootedFiles(files.of(pid, "root")).read(path, MOST_BYTES);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<ShellLoop> loop(int pid, String script, String text) {
        String bounded = text.substring(0, Math.min(text.length(), MOST_BYTES));
        List<String> commands =
                LoopBodies.in(bounded).stream()
                        .map(c -> c.substring(0, Math.min(c.length(), LONGEST_COMMAND)))
                        .filter(c -> !peers.in(c).isEmpty())
                        .limit(MOST_COMMANDS)
                        .toList();
        return commands.isEmpty()
                ? Optional.empty()
                : Optional.of(new ShellLoop(pid, script, commands));
    }
}
