package dev.gatemend.diagnosis;

import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import java.util.List;
import java.util.Set;

/**
 * Who made the status. {@code $upstream_status} proves nothing, since nginx writes its own 502
 * there too; a numeric {@code $upstream_header_time} proves the upstream, an error-log entry proves
 * nginx, and error logs that would hold one and do not speak for the upstream again.
 */
final class Makers {
    /** Causes of a status that only the upstream's own answer can have. */
    private static final Set<String> OF_AN_ANSWER =
            Set.of("app-error", "dependency-down", "upstream-own-error");

    /** From here nothing else is left that would be worth a thought. */
    private static final double CERTAIN = 0.9;

    private Makers() {}

    /** Where the logs do not say who, the causes may: each of them by evidence of its own. */
    static Maker of(Matter matter, List<Finding> findings) {
        Maker maker = of(matter);
        double answered =
                findings.stream()
                        .filter(f -> OF_AN_ANSWER.contains(f.cause()))
                        .mapToDouble(Finding::probability)
                        .sum();
        boolean told = matter.trouble() == Trouble.UPSTREAM_STATUS && answered >= CERTAIN;
        return maker == Maker.UNKNOWN && told ? Maker.UPSTREAM : maker;
    }

    static Maker of(Matter matter) {
        return switch (matter.trouble()) {
            case UPSTREAM_STATUS -> ofUpstream(matter);
            case OWN_STATUS ->
                    !matter.errors().isEmpty()
                                    || matter.accesses().stream().allMatch(Accesses::noPeerAsked)
                            ? Maker.NGINX
                            : Maker.UNKNOWN;
            case ABORTED, UNTOLD -> Maker.UNKNOWN;
            default -> Maker.NGINX;
        };
    }

    private static Maker ofUpstream(Matter matter) {
        boolean proved = matter.accesses().stream().anyMatch(a -> a.headerReceived().orElse(false));
        return proved || (isLoggedByNginx(matter) && ErrorLogs.wouldShow(matter))
                ? Maker.UPSTREAM
                : Maker.UNKNOWN;
    }

    /** nginx makes 500 and 503 in silence too: a limit below its log level, a return, an if. */
    private static boolean isLoggedByNginx(Matter matter) {
        return matter.accesses().stream()
                .filter(a -> a.status() >= 500)
                .allMatch(a -> a.status() == 502 || a.status() == 504);
    }
}
