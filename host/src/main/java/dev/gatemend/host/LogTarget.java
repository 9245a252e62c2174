package dev.gatemend.host;

import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.nginx.log.RequestPlace;
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

    /** The destination as the configuration names it. */
    String shown() {
        return switch (destination) {
            case LogDestination.File file -> file.path();
            case LogDestination.Stderr _ -> "stderr";
            case LogDestination.Syslog syslog -> "syslog:server=" + syslog.server();
            case LogDestination.Unreadable unreadable -> unreadable.written();
        };
    }

    /** {@code error log} or {@code access log}, for sentences. */
    String kind() {
        return error ? "error log" : "access log";
    }
}
