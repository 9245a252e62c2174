package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.OtherListeners;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerProcess;
import dev.gatemend.diagnosis.PeerProgram;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Remedy.Risk;
import java.util.Optional;

/**
 * Nothing is known of an application but that it is not there. One that ends as soon as it is
 * started leaves the same picture, unless a look falls into its short life.
 */
final class UnseenStart {
    private UnseenStart() {}

    static Judgement judge(Matter matter) {
        Optional<PeerSide> side = PeerSide.of(matter);
        if (side.isEmpty()
                || isKnown(matter)
                || PeerHistory.of(matter).answered().isPresent()
                || OtherListeners.of(matter, side.get()).stream()
                        .anyMatch(o -> o.kinship() != Kinship.STRANGER)) {
            return Judgement.notConcerned();
        }
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        "the application of %s may end as soon as it is started"
                                .formatted(matter.peerText()));
        Gone.weigh(matter, argument);
        return argument.against(
                        WEAK,
                        "processes",
                        "no run of it was seen, and no word of one that failed",
                        "ps -eo pid,ppid,lstart,args")
                .missing(
                        "application log",
                        "no unit, container, pool or process here is known to serve "
                                + matter.peerText())
                .explain(
                        "Nobody listens on %s, and what should start the application there is not known."
                                .formatted(matter.peerText()))
                .now(
                        "start it by hand as its user, and read what it says",
                        Risk.LOW,
                        Steps.edit("an application that ends at its start says why on its output"))
                .next(
                        "ps -eo pid,ppid,lstart,args --sort=start_time",
                        "run twice: shows a process that is started again and again")
                .judgement();
    }

    /** Something tells whose the address is, and so whether it was stopped. */
    private static boolean isKnown(Matter matter) {
        return PeerUnit.of(matter).findAny().isPresent()
                || PeerProgram.of(matter).findAny().isPresent()
                || !PeerContainer.of(matter).isEmpty()
                || !PeerProcess.of(matter).isEmpty()
                || hasLeftItsSocket(matter)
                || !Account.of(matter).isEmpty();
    }

    /** Whoever made the file listened there once. */
    private static boolean hasLeftItsSocket(Matter matter) {
        return matter.unixPeer().isPresent()
                && Refusal.of(matter).filter(r -> r.errno() == Errno.ECONNREFUSED).isPresent();
    }
}
