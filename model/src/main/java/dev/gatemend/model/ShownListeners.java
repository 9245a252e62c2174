package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * Listening sockets that a text shows, as {@code ss}, {@code netstat} or {@code lsof} printed them
 * for whoever pasted it. What it does not show may listen all the same, unless it was asked for.
 *
 * @param inside the container whose sockets they are; empty for those of the host, and where nobody
 *     says whose
 * @param listeners in their order; pids lead to a {@link ProcessState} where the text names one
 * @param programs by which they are held, one for each listener; empty where none is named
 * @param asked the TCP ports it was narrowed to: of these, those not among the listeners were taken
 *     by nobody when it was typed; empty when it was not, or by something else
 * @param where it stands, {@code stdin:12}
 */
public record ShownListeners(
        Optional<String> inside,
        List<Listener> listeners,
        List<String> programs,
        List<Integer> asked,
        String where)
        implements Fact {
    public ShownListeners {
        listeners = List.copyOf(listeners);
        programs = List.copyOf(programs);
        asked = List.copyOf(asked);
        if (programs.size() != listeners.size()) {
            throw new IllegalArgumentException("a program for each listener");
        }
    }
}
