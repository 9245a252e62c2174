package dev.gatemend.host;

import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.RequestPlace;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A log to read.
 *
 * @param nginx that writes it; empty when none runs
 * @param formats an access log is written in
 * @param sockets paths of the configuration's unix sockets
 */
record LogTarget(
        Optional<NginxMaster> nginx,
        boolean error,
        LogDestination destination,
        List<LogFormat> formats,
        RequestPlace places,
        Set<String> sockets) {
    LogTarget {
        formats = List.copyOf(formats);
        sockets = Set.copyOf(sockets);
    }

    int pid() {
        return nginx.map(NginxMaster::pid).orElse(0);
    }

    /** The formats to try; nginx's own where the configuration names none. */
    List<AccessLogFormat> compiled() {
        List<LogFormat> written = formats.isEmpty() ? List.of(AccessLogFormat.COMBINED) : formats;
        return written.stream().map(AccessLogFormat::compile).toList();
    }

    /** The destination as the configuration names it. */
    String shown() {
        return switch (destination) {
            case LogDestination.File file -> file.path();
            case LogDestination.Stderr _ -> "stderr";
            case LogDestination.Syslog syslog -> "syslog:server=" + syslog.server();
            case LogDestination.Unreadable unreadable -> unreadable.written();
        };
    }

    /**
     * Where its path begins: the master's root, or our own for one that runs here without a
     * container and may not be looked into.
     *
     * @throws NoSuchFileException when the logs are in a container that may not be looked into
     */
    Path root(Host host) throws NoSuchFileException {
        Path root = host.proc().resolve(pid() + "/root");
        if (nginx.isPresent() && Files.isReadable(root.resolve("."))) {
            return root;
        }
        Optional<String> container = nginx.flatMap(NginxMaster::container);
        if (container.isPresent()) {
            throw new NoSuchFileException(
                    "the logs in container " + container.get() + "; run with sudo");
        }
        return host.root();
    }

    /** {@code error log} or {@code access log}, for sentences. */
    String kind() {
        return error ? "error log" : "access log";
    }
}
