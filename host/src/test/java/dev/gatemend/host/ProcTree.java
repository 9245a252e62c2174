package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A /proc laid out by hand, with the files of proc(5) that observers read. */
final class ProcTree {
    private final Path proc;

    ProcTree(Path proc) throws IOException {
        this.proc = proc;
        Files.createDirectories(proc);
    }

    /** The directory of a process. */
    Path of(int pid) {
        return proc.resolve(Integer.toString(pid));
    }

    ProcTree uptime(String text) throws IOException {
        Files.writeString(proc.resolve("uptime"), text + "\n");
        return this;
    }

    /** A sleeping process with one thread, started so many ticks after boot. */
    Entry process(int pid, int parent, long ticks, String name) throws IOException {
        file(
                pid,
                "stat",
                "%d (%s) S %d 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 %d 1 1 1"
                        .formatted(pid, name, parent, ticks));
        return new Entry(pid);
    }

    void file(int pid, String name, String text) throws IOException {
        Path file = of(pid).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void link(int pid, String name, String target) throws IOException {
        Path link = of(pid).resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    /** The rest of a process. */
    final class Entry {
        private final int pid;

        private Entry(int pid) {
            this.pid = pid;
        }

        Entry arguments(String... arguments) throws IOException {
            file(pid, "cmdline", String.join("\0", arguments) + "\0\0\0");
            return this;
        }

        Entry ids(int uid, int gid, String groups) throws IOException {
            file(
                    pid,
                    "status",
                    "Name:\tx\nUid:\t%d\t%d\t%d\t%d\nGid:\t%d\t%d\t%d\t%d\nGroups:\t%s \n"
                            .formatted(uid, uid, uid, uid, gid, gid, gid, gid, groups));
            return this;
        }

        Entry namespaces(long network, long mount, long pidNamespace) throws IOException {
            link(pid, "ns/net", "net:[" + network + "]");
            link(pid, "ns/mnt", "mnt:[" + mount + "]");
            link(pid, "ns/pid", "pid:[" + pidNamespace + "]");
            return this;
        }
    }
}
