package dev.gatemend.lab;

import dev.gatemend.model.Maker;
import java.io.IOException;
import java.util.Optional;

/**
 * Something else that is broken at the same time as what a scenario is called by, at another site.
 *
 * @param cause that has to come first in a problem of its own
 * @param ask the request that shows it, and that it is gone
 * @param madeBy who makes the status
 * @param peer that does not do its work, as nginx dials it; with placeholders until it is played
 */
public record Fault(String cause, Ask ask, Maker madeBy, Optional<String> peer) {
    /** With the values of this bench for the placeholders. */
    Fault filled(Bench bench) throws IOException {
        return peer.isEmpty()
                ? this
                : new Fault(cause, ask, madeBy, Optional.of(Placeholders.fill(bench, peer.get())));
    }
}
