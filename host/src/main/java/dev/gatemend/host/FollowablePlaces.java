package dev.gatemend.host;

import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The log files that running masters write, by names that outlive the master: a path of our own
 * root where it is the same file as in the master's.
 *
 * @param files by the name to show: where each is, found or not
 * @param formats of the access logs
 * @param problems logs that cannot be followed, each with its reason
 */
public record FollowablePlaces(
        Map<String, Path> files, List<LogFormat> formats, List<String> problems) {
    public FollowablePlaces {
        files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
        formats = List.copyOf(formats);
        problems = List.copyOf(problems);
    }

    /** Of the masters and configurations of a snapshot. */
    public static FollowablePlaces of(Host host, Snapshot snapshot) {
        Map<String, Path> files = new LinkedHashMap<>();
        Set<LogFormat> formats = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        for (NginxMaster master : snapshot.facts(NginxMaster.class).toList()) {
            snapshot.facts(NginxConfiguration.class)
                    .filter(configuration -> configuration.isOf(master))
                    .forEach(
                            configuration -> {
                                formats.addAll(used(configuration));
                                add(host, master, configuration, files, problems);
                            });
        }
        return new FollowablePlaces(files, List.copyOf(formats), problems);
    }

    private static List<LogFormat> used(NginxConfiguration configuration) {
        Set<String> names = new LinkedHashSet<>();
        configuration.logs().stream()
                .filter(log -> !log.error())
                .forEach(log -> names.add(log.format()));
        return configuration.formats().stream().filter(f -> names.contains(f.name())).toList();
    }

    private static void add(
            Host host,
            NginxMaster master,
            NginxConfiguration configuration,
            Map<String, Path> files,
            List<String> problems) {
        for (LogSetting log : configuration.logs()) {
            String path = log.file().orElse("");
            if (path.isEmpty() || path.equals("/dev/null")) {
                continue;
            }
            try {
                Path place = place(host, master, path);
                if (Files.exists(place) && !Files.isRegularFile(place)) {
                    problems.add(path + ": is no regular file, and cannot be followed");
                } else {
                    files.put(place.toString(), place);
                }
            } catch (IOException e) {
                problems.add(path + ": " + Because.of(e));
            } catch (InvalidPathException e) {
                problems.add(path + ": no name of a file in this locale; try LC_ALL=C.UTF-8");
            }
        }
    }

    private static Path place(Host host, NginxMaster master, String path) throws IOException {
        Path own = host.root().resolve(path.substring(1));
        Path root = host.seenBy(master.pid(), "/");
        if (!Files.isReadable(root)) {
            if (master.container().isPresent()) {
                throw new IOException(
                        "in container " + master.container().get() + "; run with sudo");
            }
            return own;
        }
        Path seen = root.resolve(RootedPath.real(root, path).substring(1));
        boolean bothThere = Files.exists(seen) && Files.exists(own);
        boolean same = bothThere ? Files.isSameFile(seen, own) : master.container().isEmpty();
        return same ? own : seen;
    }
}
