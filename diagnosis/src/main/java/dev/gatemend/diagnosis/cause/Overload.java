package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.PeerProgram;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.ProcessState;
import java.util.Optional;

/** How an application that does not keep up looks from nginx: its causes have that in common. */
final class Overload {
    private Overload() {}

    /**
     * The failure that says so: no answer in time, a connect that no room was for (EAGAIN, only on
     * a unix socket: unix(7)), or one that was not taken in time.
     */
    static Optional<ErrorGroup> failure(Matter matter) {
        if (matter.trouble() == Trouble.TIMEOUT) {
            return matter.errors().stream().findFirst();
        }
        return matter.trouble() == Trouble.CONNECT
                ? queueFull(matter).or(() -> notTaken(matter))
                : Optional.empty();
    }

    /** The accept queue of a unix socket was full when nginx dialled. */
    static Optional<ErrorGroup> queueFull(Matter matter) {
        return matter.errno(Errno.EAGAIN).filter(_ -> matter.unixPeer().isPresent());
    }

    /** Where somebody listens; else the way is blocked or nobody is there. */
    private static Optional<ErrorGroup> notTaken(Matter matter) {
        return matter.errno(Errno.ETIMEDOUT)
                .or(() -> matter.message("upstream-timed-out-connecting"))
                .filter(_ -> matter.listener().isPresent());
    }

    /** The peer is PHP-FPM, by who listens, by its pools, or else by how nginx talks to it. */
    static boolean isOfPhp(Matter matter) {
        Optional<ProcessState> owner = matter.listener().flatMap(matter.scene()::owner);
        if (owner.isPresent()) {
            return owner.get().name().startsWith("php-fpm");
        }
        return PeerPool.of(matter).isPresent()
                || PeerProgram.of(matter).anyMatch(p -> p.keeper() == KeptProgram.Keeper.PHP_FPM)
                || isByFastCgi(matter);
    }

    private static boolean isByFastCgi(Matter matter) {
        boolean pass = matter.pass().map(Pass::kind).filter(PassKind.FASTCGI::equals).isPresent();
        boolean line =
                matter.errors().stream()
                        .flatMap(g -> g.sample().upstream().stream())
                        .anyMatch(u -> u.startsWith("fastcgi://"));
        return pass || line;
    }
}
