package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import java.util.Set;

/** Messages that are consequences of earlier failures: nginx took peers out of its choice. */
final class Echoes {
    private static final String NO_LIVE_UPSTREAMS = "no-live-upstreams";
    private static final Set<String> IDS =
            Set.of(NO_LIVE_UPSTREAMS, "upstream-server-temporarily-disabled");

    private Echoes() {}

    static boolean isEcho(ErrorGroup group) {
        return IDS.contains(group.id());
    }

    /** 'temporarily disabled' is only a remark; 'no live upstreams' ends a request with 502. */
    static boolean failsRequests(ErrorGroup group) {
        return group.id().equals(NO_LIVE_UPSTREAMS);
    }
}
