package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.util.Optional;
import java.util.Set;

/**
 * That a connect to the peer failed at once because nobody takes it: refused (errno 111), or
 * nothing stands at the socket's path (errno 2). Seen in the log or, where no traffic failed, by a
 * probe.
 */
public record Refusal(int errno, Sighting sighting) {
    private static final Set<Integer> NOBODY = Set.of(Errno.ECONNREFUSED, Errno.ENOENT);

    /** Empty when nothing of the kind was seen. */
    public static Optional<Refusal> of(Matter matter) {
        if (matter.peer().isEmpty() || matter.trouble() != Trouble.CONNECT) {
            return Optional.empty();
        }
        return matter.errors().isEmpty()
                ? probed(matter).or(() -> missing(matter))
                : matter.error(Refusal::fits)
                        .map(
                                group ->
                                        new Refusal(
                                                group.sample().errno().getAsInt(),
                                                matter.logged(group)));
    }

    private static boolean fits(ErrorGroup group) {
        return NOBODY.contains(group.sample().errno().orElse(0));
    }

    private static Optional<Refusal> probed(Matter matter) {
        return matter.peer()
                .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.CONNECT))
                .flatMap(probe -> refused(matter, probe));
    }

    private static Optional<Refusal> refused(Matter matter, PeerProbe probe) {
        return probe.outcome() instanceof ProbeOutcome.ConnectFailed failed
                        && NOBODY.contains(failed.errno())
                ? Optional.of(
                        new Refusal(
                                failed.errno(),
                                matter.scene()
                                        .sighting(
                                                probe,
                                                "a connect to %s fails now (%d: %s)"
                                                        .formatted(
                                                                matter.peerText(),
                                                                failed.errno(),
                                                                failed.text()))))
                : Optional.empty();
    }

    private static Optional<Refusal> missing(Matter matter) {
        return walk(matter)
                .filter(w -> end(w).filter(s -> s.kind() == FileKind.MISSING).isPresent())
                .map(
                        w ->
                                new Refusal(
                                        Errno.ENOENT,
                                        matter.scene().sighting(w, w.path() + " does not exist")));
    }

    /** The way to the peer's socket file, if it was walked. */
    public static Optional<PathWalk> walk(Matter matter) {
        return matter.unixPeer()
                .flatMap(u -> matter.scene().walk(u.path(), PathWalk.Purpose.PEER_SOCKET));
    }

    /** What stands at the end of a walk; empty when the walk could not reach it. */
    public static Optional<PathStep> end(PathWalk walk) {
        return walk.stopped().isPresent() || walk.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(walk.steps().getLast());
    }
}
