package dev.gatemend.host;

import dev.gatemend.model.Address;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A log of an application: where we read it, how its writer names it, whose it is.
 *
 * @param peers grows while more writers of the same log are found
 * @param pids likewise
 */
record ApplicationLogPlace(
        Path file, String path, String writer, Set<Address> peers, Set<Integer> pids) {
    ApplicationLogPlace(Path file, String path, String writer) {
        this(file, path, writer, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    void belongsTo(Collection<Address> more, Collection<Integer> holders) {
        peers.addAll(more);
        pids.addAll(holders);
    }
}
