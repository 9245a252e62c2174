package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * A path, element by element from the root, as a process in that mount namespace finds it; links
 * are followed and the elements behind them listed too.
 *
 * @param path asked for
 * @param purpose why it was walked
 * @param mountNamespace whose view it is; 0 when unknown
 * @param traveller whose right to go there is in question
 * @param steps up to the target, or up to the first that is missing
 * @param stopped why the walk ended early (a loop of links, no permission to look); empty when it
 *     reached the end
 */
public record PathWalk(
        String path,
        Purpose purpose,
        long mountNamespace,
        Identity traveller,
        List<PathStep> steps,
        Optional<String> stopped)
        implements Fact {
    public PathWalk {
        steps = List.copyOf(steps);
    }

    /** What nginx wants there. */
    public enum Purpose {
        /** connect(2) to a unix socket. */
        PEER_SOCKET,
        /** Create files below it (client_body_temp_path, proxy_temp_path, a cache). */
        TEMP_DIRECTORY
    }
}
