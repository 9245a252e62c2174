package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running nginx.
 *
 * @param pid of the master
 * @param binary the executable, as the master sees it
 * @param version of {@code -V}; empty when it could not be asked
 * @param prefix of {@code -p}, else of {@code --prefix}
 * @param configuration absolute path of nginx.conf
 * @param commandLine as the process shows it
 * @param workers pids, in ascending order
 * @param workerIdentity who the workers are; empty when there is none to look at
 * @param namespaces the master's
 * @param container id or name when it runs in one
 * @param unit that systemd runs it under
 * @param workersSince start of the oldest current worker: what was loaded then is what is served
 */
public record NginxMaster(
        int pid,
        String binary,
        Optional<Version> version,
        String prefix,
        String configuration,
        List<String> commandLine,
        List<Integer> workers,
        Optional<Identity> workerIdentity,
        Namespaces namespaces,
        Optional<String> container,
        Optional<String> unit,
        Optional<Instant> workersSince)
        implements Fact {
    public NginxMaster {
        commandLine = List.copyOf(commandLine);
        workers = List.copyOf(workers);
    }
}
