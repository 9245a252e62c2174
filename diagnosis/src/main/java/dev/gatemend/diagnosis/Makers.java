package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.Maker;
import java.util.List;

/**
 * Who made the status. {@code $upstream_status} proves nothing, since nginx writes its own 502
 * there too; a numeric {@code $upstream_header_time} proves the upstream, an error-log entry proves
 * nginx.
 */
final class Makers {
    private Makers() {}

    static Maker of(Matter matter) {
        return switch (matter.trouble()) {
            case UPSTREAM_STATUS -> ofUpstream(matter);
            case OWN_STATUS ->
                    matter.accesses().stream().allMatch(Makers::noPeerAsked)
                            ? Maker.NGINX
                            : Maker.UNKNOWN;
            default -> Maker.NGINX;
        };
    }

    private static Maker ofUpstream(Matter matter) {
        boolean proved = matter.accesses().stream().anyMatch(a -> a.headerReceived().orElse(false));
        return proved || errorLogWasRead(matter) ? Maker.UPSTREAM : Maker.UNKNOWN;
    }

    private static boolean noPeerAsked(AccessGroup access) {
        return access.upstreamAddresses().isPresent() && Accesses.addresses(access).isEmpty();
    }

    /**
     * nginx logs each 502 and 504 of its own at level error, so logs that were all read and hold no
     * word of it prove the other; any one left unread may hold it.
     */
    private static boolean errorLogWasRead(Matter matter) {
        List<LogDestination> errorLogs =
                matter.configuration().stream()
                        .flatMap(c -> c.logs().stream())
                        .filter(LogSetting::error)
                        .map(LogSetting::destination)
                        .toList();
        return !errorLogs.isEmpty() && errorLogs.stream().allMatch(log -> wasRead(matter, log));
    }

    private static boolean wasRead(Matter matter, LogDestination log) {
        return log instanceof LogDestination.File file
                && matter.scene()
                        .facts(LogScan.class)
                        .anyMatch(s -> s.error() && s.path().equals(file.path()));
    }
}
