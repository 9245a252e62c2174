package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.UpstreamField;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says which requests are asked for. Immutable. */
final class RequestFilter {
    private final TrafficFilter asked;
    private final TimeRange range;
    private final boolean open;

    RequestFilter(TrafficFilter asked, TimeRange range) {
        this.asked = asked;
        this.range = range;
        this.open =
                range.isOpen()
                        && asked.statuses().isEmpty()
                        && asked.sites().isEmpty()
                        && asked.peers().isEmpty();
    }

    boolean isOpen() {
        return open;
    }

    boolean passes(AccessLine line, int status) {
        return range.holds(line.millis())
                && (asked.statuses().isEmpty() || asked.statuses().contains(status))
                && (asked.sites().isEmpty() || ofSite(line, asked.sites()))
                && (asked.peers().isEmpty() || tried(line, asked.peers()));
    }

    private static boolean ofSite(AccessLine line, Set<String> sites) {
        return line.text(AccessTally.site(line))
                .filter(site -> sites.contains(site.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private static boolean tried(AccessLine line, Set<String> peers) {
        return line
                .upstream(AccessVariable.UPSTREAM_ADDR)
                .map(UpstreamField::values)
                .orElse(List.of())
                .stream()
                .anyMatch(peers::contains);
    }
}
