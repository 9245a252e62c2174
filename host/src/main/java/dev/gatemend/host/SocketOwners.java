package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which processes hold which sockets, told by the links in {@code /proc/PID/fd}.
 *
 * @param byInode pids, ascending
 * @param complete false when a process's descriptors could not be read
 */
record SocketOwners(Map<Long, List<Integer>> byInode, boolean complete) {
    /** A million reads of links take some three seconds. */
    private static final int MOST_DESCRIPTORS = 1_000_000;

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d{1,18})]");

    List<Integer> of(long inode) {
        return byInode.getOrDefault(inode, List.of());
    }

    /** The socket that a descriptor is. */
    static Optional<Long> inode(OpenFiles files, int descriptor) {
        return files.link(descriptor)
                .map(SOCKET::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)));
    }

    /** The sockets among the files a process holds open. */
    static Set<Long> inodes(OpenFiles files) {
        Set<Long> inodes = new HashSet<>();
        files.links()
                .values()
                .forEach(
                        link -> {
                            Matcher matcher = SOCKET.matcher(link);
                            if (matcher.matches()) {
                                inodes.add(Long.valueOf(matcher.group(1)));
                            }
                        });
        return inodes;
    }

    static SocketOwners find(ProcessFiles files, Set<Long> wanted)
            throws IOException, InterruptedException {
        Search search = new Search(wanted);
        for (int pid : files.pids()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            search.process(pid, files.of(pid, "fd"));
        }
        return new SocketOwners(search.found, search.complete);
    }

    private static final class Search {
        private final Set<Long> wanted;
        private final Map<Long, List<Integer>> found = new HashMap<>();
        private boolean complete = true;
        private int read;

        Search(Set<Long> wanted) {
            this.wanted = wanted;
        }

        void process(int pid, Path descriptors) {
            try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
                for (Path link : links) {
                    if (++read > MOST_DESCRIPTORS) {
                        complete = false;
                        return;
                    }
                    descriptor(pid, link);
                }
            } catch (IOException | DirectoryIteratorException e) {
                complete &= !Files.exists(descriptors.getParent());
            }
        }

        private void descriptor(int pid, Path link) {
            try {
                Matcher matcher = SOCKET.matcher(Files.readSymbolicLink(link).toString());
                if (matcher.matches() && wanted.contains(Long.valueOf(matcher.group(1)))) {
                    List<Integer> pids =
                            found.computeIfAbsent(
                                    Long.valueOf(matcher.group(1)), _ -> new ArrayList<>());
                    if (!pids.contains(pid)) {
                        pids.add(pid);
                    }
                }
            } catch (IOException e) {
                // Closed meanwhile.
            }
        }
    }
}
