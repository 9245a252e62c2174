package dev.gatemend.host;

import dev.gatemend.host.Mounts.Mount;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Room on the file systems nginx writes to, as its workers see them. Asked of {@code stat -f}
 * rather than by a call of our own: a child on a dead network mount can be left behind.
 */
public final class Space implements Observer {
    private static final int MOST_PATHS = 500;
    private static final int MOST_FILE_SYSTEMS = 64;
    private static final int MOST_THAT_MAY_HANG = 4;
    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final List<String> PATHS =
            List.of(
                    "client_body_temp_path",
                    "proxy_temp_path",
                    "fastcgi_temp_path",
                    "uwsgi_temp_path",
                    "scgi_temp_path",
                    "proxy_cache_path",
                    "fastcgi_cache_path",
                    "uwsgi_cache_path",
                    "scgi_cache_path");

    @Override
    public String name() {
        return "space";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        List<NginxMaster> masters = look.facts(NginxMaster.class).toList();
        Set<Long> seen = new LinkedHashSet<>();
        for (NginxMaster master : masters) {
            long namespace = master.namespaces().mount();
            // The same view twice would say everything twice.
            if (namespace == 0 || seen.add(namespace)) {
                String pid = process(look, master);
                look(look, pid, pathsOf(look, masters, namespace));
            }
        }
        if (masters.isEmpty()) {
            look(look, "self", pathsOf(look, masters, 0));
        }
    }

    /**
     * Whose view to take: a worker's; ours where that is closed to us and shows the same, which it
     * does outside containers.
     */
    private static String process(Look look, NginxMaster master) {
        int pid = master.workers().stream().findFirst().orElse(master.pid());
        boolean open = Files.isDirectory(look.host().seenBy(pid, "/"));
        return open || master.container().isPresent() ? Integer.toString(pid) : "self";
    }

    private static void look(Look look, String pid, Set<String> paths) throws InterruptedException {
        Path process = look.host().proc().resolve(pid);
        Map<Mount, String> usedBy;
        try {
            usedBy =
                    mountsOf(
                            Mounts.of(process.resolve("mountinfo")),
                            process.resolve("root"),
                            paths);
        } catch (IOException e) {
            look.couldNotLook("cannot read the mounts of process " + pid + "; run with sudo");
            return;
        }
        new FreeSpace(look, process.resolve("root")).look(usedBy, LIMIT, MOST_THAT_MAY_HANG);
    }

    private static Map<Mount, String> mountsOf(Mounts mounts, Path root, Set<String> paths) {
        Map<Mount, String> usedBy = new LinkedHashMap<>();
        for (String path : paths) {
            if (usedBy.size() < MOST_FILE_SYSTEMS) {
                mounts.holding(realOrAsWritten(root, path))
                        .ifPresent(mount -> usedBy.putIfAbsent(mount, path));
            }
        }
        return usedBy;
    }

    private static String realOrAsWritten(Path root, String path) {
        try {
            return RootedPath.real(root, path);
        } catch (IOException e) {
            return path;
        }
    }

    /** Temporary directories first: of paths on one file system the first one names its use. */
    private static Set<String> pathsOf(Look look, List<NginxMaster> masters, long namespace) {
        Set<String> paths = new LinkedHashSet<>();
        look.facts(PathWalk.class)
                .filter(w -> w.purpose() == PathWalk.Purpose.TEMP_DIRECTORY)
                .filter(w -> namespace == 0 || w.mountNamespace() == namespace)
                .forEach(w -> paths.add(w.path()));
        look.facts(NginxConfiguration.class)
                .filter(c -> masters.isEmpty() || servedFrom(look, namespace, c))
                .forEach(c -> paths.addAll(pathsOf(c)));
        return new LinkedHashSet<>(paths.stream().limit(MOST_PATHS).toList());
    }

    private static boolean servedFrom(Look look, long namespace, NginxConfiguration configuration) {
        return Served.by(look, configuration).stream()
                .anyMatch(m -> namespace == 0 || m.namespaces().mount() == namespace);
    }

    private static List<String> pathsOf(NginxConfiguration configuration) {
        List<String> paths = new ArrayList<>();
        Stream<Settings> everywhere =
                Stream.concat(
                        Stream.of(configuration.main()),
                        configuration.sites().stream()
                                .flatMap(
                                        s ->
                                                Stream.concat(
                                                        Stream.of(s.settings()),
                                                        s.allLocations().map(l -> l.settings()))));
        everywhere
                .distinct()
                .flatMap(s -> PATHS.stream().flatMap(name -> s.all(name).stream()))
                .map(Setting::value)
                .filter(p -> !p.isEmpty() && !p.equals("off"))
                .map(p -> p.startsWith("/") ? p : configuration.prefix() + "/" + p)
                .distinct()
                .forEach(paths::add);
        configuration.logs().stream().flatMap(l -> l.file().stream()).forEach(paths::add);
        configuration.upstreams().stream()
                .flatMap(u -> u.peers().stream())
                .map(p -> p.address())
                .filter(Address.Unix.class::isInstance)
                .map(a -> ((Address.Unix) a).path())
                .filter(p -> p.startsWith("/"))
                .forEach(paths::add);
        return paths;
    }
}
