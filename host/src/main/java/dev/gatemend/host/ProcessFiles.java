package dev.gatemend.host;

import dev.gatemend.model.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc} says of processes (proc(5)). A process may end between two questions, and most
 * of another user's may be read by root only: then the answer is empty.
 */
record ProcessFiles(Path proc) {
    /** Linux allows 4,194,304; a host with more than this is none we were made for. */
    private static final int MOST_PROCESSES = 200_000;

    /** The kernel's own limit for arguments and environment is 2 MiB on most hosts. */
    private static final int MOST_BYTES = 256 << 10;

    /** Every process, ascending. */
    List<Integer> pids() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(proc, entry -> isPid(entry.getFileName().toString()))) {
            for (Path entry : entries) {
                if (pids.size() == MOST_PROCESSES) {
                    throw new IOException("more than " + MOST_PROCESSES + " processes");
                }
                pids.add(Integer.valueOf(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(pids);
        return pids;
    }

    private static boolean isPid(String name) {
        return !name.isEmpty()
                && name.length() < 10
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    Path of(int pid, String file) {
        return proc.resolve(Integer.toString(pid)).resolve(file);
    }

    Optional<String> text(int pid, String file) {
        try {
            String bytes = SmallFile.read(of(pid, file), MOST_BYTES);
            return Optional.of(
                    new String(
                            bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The command line; a process that rewrote its title shows that as one argument. */
    List<String> arguments(int pid) {
        String text = text(pid, "cmdline").orElse("");
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\0') {
            end--;
        }
        return end == 0 ? List.of() : List.of(text.substring(0, end).split("\0", -1));
    }

    Optional<ProcessStat> stat(int pid) {
        return text(pid, "stat").flatMap(ProcessStat::parse);
    }

    Optional<Cgroup> cgroup(int pid) {
        return text(pid, "cgroup").map(Cgroup::parse);
    }

    Optional<String> link(int pid, String name) {
        try {
            return Optional.of(Files.readSymbolicLink(of(pid, name)).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where the links are closed to us, our own network can still be told from others. */
    Namespaces namespaces(int pid) {
        String process = Integer.toString(pid);
        long network = namespace(process, "net");
        return new Namespaces(
                network == 0 && inOurNetwork(pid) ? ownNetwork() : network,
                namespace(process, "mnt"),
                namespace(process, "pid"));
    }

    /** The network namespace of this process; 0 when it cannot be read. */
    long ownNetwork() {
        return namespace("self", "net");
    }

    /** Whether a process stands in our own network; false when it is gone. */
    boolean inOurNetwork(int pid) {
        Optional<Object> table = networkTable(Integer.toString(pid));
        return table.isPresent() && table.equals(networkTable("self"));
    }

    /**
     * What tells networks apart where {@code ns/net} may not be read: every one has its own {@code
     * net/tcp}, with an inode number that everybody may read. Empty when the process is gone.
     */
    Optional<Object> networkTable(String process) {
        try {
            return Optional.of(
                    Files.getAttribute(proc.resolve(process).resolve("net/tcp"), "unix:ino"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private long namespace(String process, String kind) {
        return NamespaceIds.of(proc, process, kind);
    }
}
