package dev.gatemend.host;

import dev.gatemend.model.Identity;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what {@code /proc} says of one master and its workers. */
final class MasterReading {
    private static final String DELETED = " (deleted)";

    private final Look look;
    private final ProcessFiles files;
    private final NginxBuilds builds;
    private final Map<Integer, String> titles;
    private final Optional<Boot> boot;

    MasterReading(Look look, ProcessFiles files, NginxBuilds builds, Map<Integer, String> titles) {
        this.look = look;
        this.files = files;
        this.builds = builds;
        this.titles = titles;
        this.boot = Boot.of(look.host(), look.clock());
    }

    /** Empty when the process is no nginx, or ended meanwhile. */
    Optional<NginxMaster> read(int pid, String title, NginxCommandLine line) {
        Optional<NginxBuild> known = build(pid, line);
        if (known.isEmpty() || files.stat(pid).isEmpty()) {
            return Optional.empty();
        }
        NginxPlaces places =
                NginxPlaces.of(
                        known.get(), line.prefix(), line.configuration(), files.link(pid, "cwd"));
        if (!places.configuration().startsWith("/")) {
            look.couldNotLook(
                    "the working directory of nginx "
                            + pid
                            + ", which its configuration path is relative to; run with sudo");
        }
        List<Integer> workers = workers(pid);
        Optional<Cgroup> cgroup = files.cgroup(pid);
        return Optional.of(
                new NginxMaster(
                        pid,
                        binary(pid, line),
                        known.get().version(),
                        places.prefix(),
                        places.configuration(),
                        List.of(title),
                        workers,
                        identity(workers),
                        files.namespaces(pid),
                        cgroup.flatMap(Cgroup::container),
                        cgroup.flatMap(Cgroup::unit),
                        since(workers)));
    }

    private String binary(int pid, NginxCommandLine line) {
        String link = files.link(pid, "exe").orElse(line.binary());
        return link.endsWith(DELETED) ? link.substring(0, link.length() - DELETED.length()) : link;
    }

    /**
     * Without root {@code /proc/PID/exe} is closed; then the file that the title names has to
     * serve, which is another one after an upgrade on disk.
     */
    private Optional<NginxBuild> build(int pid, NginxCommandLine line) {
        try {
            NginxBuild build = builds.of(files.of(pid, "exe"));
            if (build.version().isEmpty()) {
                look.couldNotLook(
                        "process "
                                + pid
                                + " calls itself an nginx master, but its program "
                                + binary(pid, line)
                                + " does not hold nginx's version; left out");
                return Optional.empty();
            }
            return Optional.of(build);
        } catch (IOException e) {
            return files.stat(pid).map(_ -> guessed(pid, line));
        }
    }

    private NginxBuild guessed(int pid, NginxCommandLine line) {
        look.couldNotLook("the program of nginx " + pid + "; run with sudo for its true version");
        for (String place : NginxInstallations.places(line.binary())) {
            try {
                Path file = look.host().root().resolve(place.substring(1));
                NginxBuild build = builds.of(file);
                if (build.version().isPresent()) {
                    return build;
                }
            } catch (IOException e) {
                // The next place may do.
            }
        }
        return NginxBuild.UNKNOWN;
    }

    /** Those that take requests: a worker that is shutting down serves what an older load said. */
    private List<Integer> workers(int master) {
        return titles.entrySet().stream()
                .filter(e -> e.getValue().contains(": worker process"))
                .filter(e -> !e.getValue().contains("shutting down"))
                .map(Map.Entry::getKey)
                .filter(pid -> files.stat(pid).filter(s -> s.parent() == master).isPresent())
                .toList();
    }

    private Optional<Identity> identity(List<Integer> workers) {
        return workers.stream()
                .flatMap(
                        pid ->
                                files
                                        .text(pid, "status")
                                        .flatMap(Accounts.of(look.host(), pid)::identity)
                                        .stream())
                .findFirst();
    }

    private Optional<Instant> since(List<Integer> workers) {
        return workers.stream()
                .flatMap(pid -> files.stat(pid).stream())
                .flatMap(stat -> boot.map(b -> b.started(stat)).stream())
                .min(Comparator.naturalOrder());
    }
}
