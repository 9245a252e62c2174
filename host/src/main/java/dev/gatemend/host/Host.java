package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine as observers reach it. Tests give another root, made of files, and commands that
 * answer from fixtures.
 *
 * @param root normally {@code /}
 * @param proc normally {@code /proc}
 * @param commands how programs are asked
 * @param privileged whether this process runs as root, so that other users' processes may be read
 */
public record Host(Path root, Path proc, Commands commands, boolean privileged) {
    private static final Path LIVE_PROC = Path.of("/proc");

    /** This machine. */
    public static Host local() {
        return new Host(Path.of("/"), LIVE_PROC, new ProcessCommands(), isRoot());
    }

    /**
     * Whether this is the machine the program runs on. Only then may the kernel be asked by system
     * calls; files elsewhere are all there is to a test's host.
     */
    public boolean live() {
        return proc.equals(LIVE_PROC);
    }

    /** A file of a process's own view of the file system: {@code /proc/PID/root/etc/nginx}. */
    public Path seenBy(int pid, String path) {
        return proc.resolve(Integer.toString(pid))
                .resolve("root" + (path.startsWith("/") ? path : "/" + path));
    }

    /** The owner of a process's own directory in /proc is its effective user (proc(5)). */
    private static boolean isRoot() {
        try {
            return Integer.valueOf(0)
                    .equals(Files.getAttribute(LIVE_PROC.resolve("self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
