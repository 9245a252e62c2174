package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Testimony;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** That nobody takes connections at the peer, which every cause of it has in common. */
final class Gone {
    /** The kernel's clock and nginx's whole seconds differ by less. */
    private static final Duration LEEWAY = Duration.ofSeconds(2);

    private Gone() {}

    /** Connects fail at once, and nobody is seen to listen there now. */
    static boolean isSo(Matter matter) {
        return Refusal.of(matter).isPresent()
                && PeerSide.of(matter)
                        .flatMap(s -> s.listener(matter.peer().orElseThrow()))
                        .isEmpty();
    }

    /** The refusal and the empty place, as evidence that rivals have as well. */
    static void weigh(Matter matter, Argument argument) {
        Refusal.of(matter).ifPresent(r -> argument.becauseLikeRivals(MODERATE, r.sighting()));
        PeerSide.of(matter)
                .filter(s -> s.listener(matter.peer().orElseThrow()).isEmpty())
                .ifPresent(
                        side ->
                                argument.becauseLikeRivals(
                                        side.absence(),
                                        matter.scene()
                                                .sighting(
                                                        side.table(),
                                                        "nobody listens on " + matter.peerText())));
    }

    /** Where connects still come about, what nginx logged of the requests instead. */
    static void weighOrLogged(Matter matter, Argument argument) {
        if (isSo(matter)) {
            weigh(matter, argument);
        } else {
            weighLogged(matter, argument);
        }
    }

    /** The first failure nginx logged, as evidence that rivals have as well. */
    static void weighLogged(Matter matter, Argument argument) {
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.becauseLikeRivals(MODERATE, matter.logged(g)));
    }

    /** What was said concerns these failures: the peer has not answered since. */
    static boolean concerns(Matter matter, Testimony testimony) {
        Optional<Instant> answered = PeerHistory.of(matter).answered();
        boolean takenBack = answered.filter(testimony::before).isPresent();
        boolean tooLate = matter.last().filter(testimony::after).isPresent();
        return !takenBack && !(tooLate && !isSo(matter));
    }

    /** From the first failure to the last one, or within the window where no traffic failed. */
    static boolean during(Matter matter, Instant at) {
        Instant first = matter.first().orElse(matter.scene().snapshot().window().from());
        Instant last = matter.last().orElse(matter.scene().snapshot().at());
        return !at.isBefore(first.minus(LEEWAY)) && !at.isAfter(last.plus(LEEWAY));
    }

    /** In the second of the first failure, which must be known. */
    static boolean asItBegan(Matter matter, Instant at) {
        return matter.first()
                .filter(first -> !at.isBefore(first.minus(LEEWAY)))
                .filter(first -> !at.isAfter(first.plus(LEEWAY)))
                .isPresent();
    }
}
