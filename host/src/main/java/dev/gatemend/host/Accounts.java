package dev.gatemend.host;

import dev.gatemend.model.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of users and groups as a process's own {@code /etc/passwd} and {@code /etc/group} have them
 * (passwd(5), group(5)). Accounts of a directory service are not there: their number is their name.
 */
record Accounts(Map<Integer, String> users, Map<Integer, String> groups) {
    private static final int MOST_BYTES = 4 << 20;
    private static final int HOME = 5;

    /**
     * The accounts of a process; where its root is closed to us and no container runs it, our own.
     *
     * @param pid whose root and whose mapping of ids (user_namespaces(7)) count
     */
    static Accounts of(Host host, int pid) {
        ProcessFiles files = new ProcessFiles(host.proc());
        Path root = files.of(pid, "root");
        if (!Files.isDirectory(root) && files.cgroup(pid).flatMap(Cgroup::container).isEmpty()) {
            root = host.root();
        }
        return new Accounts(
                mapped(read(root, "/etc/passwd"), IdMap.parse(files.text(pid, "uid_map"))),
                mapped(read(root, "/etc/group"), IdMap.parse(files.text(pid, "gid_map"))));
    }

    String user(int uid) {
        return users.getOrDefault(uid, Integer.toString(uid));
    }

    String group(int gid) {
        return groups.getOrDefault(gid, Integer.toString(gid));
    }

    /**
     * Whom the kernel takes a process for: the effective ids of {@code /proc/PID/status}.
     *
     * @param status its text
     */
    Optional<Identity> identity(String status) {
        List<Integer> uids = numbers(status, "Uid:");
        List<Integer> gids = numbers(status, "Gid:");
        if (uids.size() < 2 || gids.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Identity(
                        user(uids.get(1)), uids.get(1), gids.get(1), numbers(status, "Groups:")));
    }

    private static List<Integer> numbers(String status, String field) {
        return status
                .lines()
                .filter(line -> line.startsWith(field))
                .findFirst()
                .map(line -> line.substring(field.length()).strip().split("\\s+", -1))
                .map(List::of)
                .orElse(List.of())
                .stream()
                .filter(number -> number.matches("\\d{1,10}"))
                .map(number -> (int) Long.parseLong(number))
                .toList();
    }

    private static Map<Integer, String> mapped(Map<Integer, String> names, IdMap ids) {
        Map<Integer, String> outside = new HashMap<>();
        names.forEach((id, name) -> ids.outside(id).ifPresent(o -> outside.put(o, name)));
        return outside;
    }

    /** The homes of all accounts, each once. */
    static Set<String> homes(Path root) {
        return lines(root, "/etc/passwd")
                .map(line -> line.split(":", 7))
                .filter(fields -> fields.length == 7 && fields[HOME].startsWith("/"))
                .map(fields -> fields[HOME])
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@code name:password:id:...} in both files. The first entry of an id wins, as in libc. */
    private static Map<Integer, String> read(Path root, String file) {
        Map<Integer, String> names = new HashMap<>();
        lines(root, file)
                .map(line -> line.split(":", 4))
                .filter(fields -> fields.length == 4 && fields[2].matches("\\d{1,9}"))
                .forEach(fields -> names.putIfAbsent(Integer.valueOf(fields[2]), fields[0]));
        return names;
    }

    /** None of a container that was built from scratch and has no such file. */
    private static Stream<String> lines(Path root, String file) {
        try {
            String path = RootedPath.real(root, file);
            return SmallFile.read(root.resolve(path.substring(1)), MOST_BYTES).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
