package dev.gatemend.nginx.log;

import dev.gatemend.model.Window;
import java.time.ZoneId;
import java.util.Set;

/**
 * What to read out of a log.
 *
 * @param nginx pid of the master whose log it is; 0 when none is running
 * @param log its path or {@code journal:nginx.service}, for the groups
 * @param zone of the error log's times
 * @param knownSockets paths of the configuration's unix sockets, see {@link UpstreamText#peer}
 */
public record LogQuestion(
        int nginx,
        String log,
        ZoneId zone,
        Window window,
        RequestPlace place,
        Set<String> knownSockets,
        ScanLimits limits) {
    public LogQuestion {
        knownSockets = Set.copyOf(knownSockets);
    }
}
