package dev.gatemend.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The effective view of one configuration: what a master that read these files serves.
 *
 * @param nginx pid of the master that reads it; 0 when none does, or it does not matter whose it
 *     is. Masters in different containers read different files of the same path
 * @param path of nginx.conf
 * @param prefix that relative paths of directives are joined to
 * @param version whose defaults are filled in
 * @param files every file read, nginx.conf first
 * @param main settings of the main and {@code events} level (user, worker_processes,
 *     worker_connections, worker_rlimit_nofile, pid, error_log)
 * @param sites http and stream servers, in the order read
 * @param upstreams named ones and the implicit ones of literal passes
 * @param logs every distinct log, those of nested levels included
 * @param formats every log_format, {@code combined} included
 * @param problems in the order found; empty when nginx's syntax accepts the files
 */
public record NginxConfiguration(
        int nginx,
        String path,
        String prefix,
        Version version,
        List<ConfigurationFile> files,
        Settings main,
        List<Site> sites,
        List<Upstream> upstreams,
        List<LogSetting> logs,
        List<LogFormat> formats,
        List<ConfigurationProblem> problems)
        implements Fact {
    public NginxConfiguration {
        files = List.copyOf(files);
        sites = List.copyOf(sites);
        upstreams = List.copyOf(upstreams);
        logs = List.copyOf(logs);
        formats = List.copyOf(formats);
        problems = List.copyOf(problems);
    }

    /** A configuration by itself, whoever reads it. */
    public NginxConfiguration(
            String path,
            String prefix,
            Version version,
            List<ConfigurationFile> files,
            Settings main,
            List<Site> sites,
            List<Upstream> upstreams,
            List<LogSetting> logs,
            List<LogFormat> formats,
            List<ConfigurationProblem> problems) {
        this(0, path, prefix, version, files, main, sites, upstreams, logs, formats, problems);
    }

    /** The same, as read by a master. */
    public NginxConfiguration readBy(int master) {
        return new NginxConfiguration(
                master, path, prefix, version, files, main, sites, upstreams, logs, formats,
                problems);
    }

    /** Whether a master reads it: by its pid, or by the path where no pid is known. */
    public boolean isOf(NginxMaster master) {
        return nginx == 0 ? path.equals(master.configuration()) : nginx == master.pid();
    }

    public Optional<Upstream> upstream(String name) {
        return upstreams.stream().filter(u -> u.name().equals(name)).findFirst();
    }

    /** Every location of every site. */
    public Stream<Location> allLocations() {
        return sites.stream().flatMap(Site::allLocations);
    }
}
