package dev.gatemend.diagnosis;

import dev.gatemend.model.PoolLimits;
import dev.gatemend.model.PoolStatus;
import java.util.Optional;

/** The status page of the PHP-FPM pool behind a peer. */
public final class PeerPool {
    private PeerPool() {}

    /** Empty where it has none, or it could not be asked. */
    public static Optional<PoolStatus> of(Matter matter) {
        return matter.peer().stream()
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(PoolStatus.class)
                                        .filter(s -> PeerUnit.names(s.listens(), peer)))
                .findFirst();
    }

    /** What its file allows it; empty where no file of PHP-FPM names the peer. */
    public static Optional<PoolLimits> limits(Matter matter) {
        return matter.peer().stream()
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(PoolLimits.class)
                                        .filter(l -> PeerUnit.names(l.listens(), peer)))
                .findFirst();
    }

    /** No child took the request, while connects are taken. */
    public static boolean isSilent(PoolStatus status) {
        return status.children().isEmpty() && !status.separate();
    }

    /** A child is free for what nginx asks: one that idles, or the one that answered. */
    public static boolean isFree(PoolStatus status) {
        return status.children().filter(c -> c.idle() > 0 || !status.separate()).isPresent();
    }

    /** What it said, as a sentence begins. */
    public static String words(PoolStatus status) {
        return status.children()
                .map(
                        c ->
                                "pool %s has %d active and %d idle children"
                                        .formatted(status.pool(), c.active(), c.idle()))
                .orElseGet(
                        () ->
                                "the status page of pool %s got no answer within %.1f s: no child took the request"
                                        .formatted(
                                                status.pool(), status.took().toMillis() / 1000.0));
    }
}
