package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.util.Optional;
import java.util.Set;

/**
 * That no connection to the peer came to be, for whatever reason. Seen in the log or, where no
 * traffic failed, by a probe.
 *
 * @param errno of connect(2); {@link Errno#ETIMEDOUT} when no answer came
 */
public record ConnectFailure(int errno, Sighting sighting) {
    /** Empty when the trouble is another one, or none of these errors was seen. */
    public static Optional<ConnectFailure> of(Matter matter, Set<Integer> errnos) {
        if (matter.trouble() != Trouble.CONNECT || matter.peer().isEmpty()) {
            return Optional.empty();
        }
        Optional<ConnectFailure> seen =
                matter.errors().isEmpty()
                        ? matter.scene()
                                .probe(matter.peer().get(), PeerProbe.Kind.CONNECT)
                                .flatMap(probe -> probed(matter, probe))
                        : matter.error(g -> errnos.contains(errno(g)))
                                .map(g -> new ConnectFailure(errno(g), matter.logged(g)));
        return seen.filter(f -> errnos.contains(f.errno()));
    }

    private static int errno(ErrorGroup group) {
        return group.sample().errno().orElse(0);
    }

    private static Optional<ConnectFailure> probed(Matter matter, PeerProbe probe) {
        return switch (probe.outcome()) {
            case ProbeOutcome.ConnectTimedOut out ->
                    Optional.of(
                            new ConnectFailure(
                                    Errno.ETIMEDOUT,
                                    matter.scene()
                                            .sighting(
                                                    probe,
                                                    "a connect to %s is not answered within %d s"
                                                            .formatted(
                                                                    matter.peerText(),
                                                                    out.waited().toSeconds()))));
            case ProbeOutcome.ConnectFailed failed ->
                    Optional.of(
                            new ConnectFailure(
                                    failed.errno(),
                                    matter.scene()
                                            .sighting(
                                                    probe,
                                                    "a connect to %s fails now (%d: %s)"
                                                            .formatted(
                                                                    matter.peerText(),
                                                                    failed.errno(),
                                                                    failed.text()))));
            case ProbeOutcome.Connected _,
                    ProbeOutcome.TlsFailed _,
                    ProbeOutcome.Silent _,
                    ProbeOutcome.Closed _,
                    ProbeOutcome.Answered _ ->
                    Optional.empty();
        };
    }
}
