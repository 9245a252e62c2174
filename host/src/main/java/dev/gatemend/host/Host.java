package dev.gatemend.host;

import java.nio.file.Path;

/**
 * The machine as observers reach it. Tests give another root, made of files, and commands that
 * answer from fixtures.
 *
 * @param root normally {@code /}
 * @param proc normally {@code /proc}
 * @param commands how programs are asked
 * @param privileged whether this process runs as root
 */
public record Host(Path root, Path proc, Commands commands, boolean privileged) {
    /** This machine. */
    public static Host local() {
        return new Host(Path.of("/"), Path.of("/proc"), new ProcessCommands(), isRoot());
    }

    /** A file of a process's own view of the file system: {@code /proc/PID/root/etc/nginx}. */
    public Path seenBy(int pid, String path) {
        return proc.resolve(Integer.toString(pid))
                .resolve("root" + (path.startsWith("/") ? path : "/" + path));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
