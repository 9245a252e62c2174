package dev.gatemend.host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who runs a process, as its control group's path tells (cgroups(7)).
 *
 * @param unit the innermost systemd service
 * @param container id (its first 12 characters, as {@code docker ps} shows it) or name
 */
record Cgroup(Optional<String> unit, Optional<String> container) {
    /**
     * An id of 64 hexadecimal digits is an element of its own ({@code /docker/ID}, {@code
     * /kubepods/.../ID}, {@code /ecs/.../ID}) or stands in a scope or service of the runtime's name
     * ({@code docker-ID.scope}, {@code libpod-ID.scope}, {@code cri-containerd-ID.scope}, {@code
     * crio-ID.scope}).
     */
    private static final Pattern ID =
            Pattern.compile(
                    "/(?:[a-z][a-z-]{0,30}-)?([0-9a-f]{64})(?:\\.scope|\\.service)?(?=/|$)");

    /** LXC and systemd-nspawn know names. */
    private static final Pattern NAME =
            Pattern.compile(
                    "/(?:lxc/|lxc\\.payload\\.|machine-|systemd-nspawn@)([^/]{1,128}?)"
                            + "(?:\\.scope|\\.service)?(?=/|$)");

    private static final Pattern SERVICE = Pattern.compile("/([^/]{1,250}\\.service)(?=/|$)");

    /**
     * Reads {@code /proc/PID/cgroup}: one line a hierarchy, {@code 0::PATH} for version 2.
     *
     * <p>The service is only taken from systemd's own hierarchy: version 2, or the named one of
     * version 1.
     */
    static Cgroup parse(String text) {
        List<String> lines = text.lines().limit(64).toList();
        Optional<String> container =
                lines.stream().map(Cgroup::path).flatMap(p -> container(p).stream()).findFirst();
        Optional<String> unit =
                lines.stream()
                        .filter(l -> l.startsWith("0::") || l.contains(":name=systemd:"))
                        .map(Cgroup::path)
                        .flatMap(p -> last(SERVICE, p).stream())
                        .findFirst();
        return new Cgroup(unit, container);
    }

    private static String path(String line) {
        String[] fields = line.split(":", 3);
        return fields.length == 3 ? fields[2] : "";
    }

    private static Optional<String> container(String path) {
        return last(ID, path).map(id -> id.substring(0, 12)).or(() -> last(NAME, path));
    }

    private static Optional<String> last(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group(1));
        }
        return last;
    }
}
