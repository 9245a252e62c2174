package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerPool;
import dev.gatemend.diagnosis.ReadTimeout;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.nginx.config.ConfigurationValues;
import java.time.Duration;
import java.util.Optional;

/**
 * An application that has finished nothing for far longer than nginx waits, while connections queue
 * up. What is overloaded by slow requests may look so too, for a shorter time.
 *
 * @param lasting since nginx sent it the first of the requests that failed
 * @param times how many time-outs that is
 */
record Standstill(Duration lasting, long times) {
    /** Work that takes two or three times as long as it may is common. */
    private static final int MANY_TIMES = 4;

    /** Empty where a single sign is missing or could not be seen. */
    static Optional<Standstill> of(Matter matter) {
        PeerHistory history = PeerHistory.of(matter);
        boolean queueing = matter.listener().filter(l -> l.queued().orElse(0) > 0).isPresent();
        boolean silent =
                matter.probe(PeerProbe.Kind.HTTP)
                                .filter(ProbeOutcome.Silent.class::isInstance)
                                .isPresent()
                        || PeerPool.of(matter).filter(PeerPool::isSilent).isPresent();
        return queueing && silent && history.meanwhile().isEmpty()
                ? lasting(matter)
                : Optional.empty();
    }

    private static Optional<Standstill> lasting(Matter matter) {
        Optional<Duration> limit =
                ConfigurationValues.duration(ReadTimeout.of(matter).value())
                        .filter(Duration::isPositive);
        return matter.first()
                .flatMap(
                        first ->
                                limit.map(
                                        l ->
                                                of(
                                                        Duration.between(
                                                                first.minus(l),
                                                                matter.scene().snapshot().at()),
                                                        l)))
                .filter(s -> s.times() >= MANY_TIMES);
    }

    private static Standstill of(Duration lasting, Duration limit) {
        return new Standstill(lasting, lasting.dividedBy(limit));
    }

    /** {@code 48 s}. */
    String words() {
        return lasting.toSeconds() + " s";
    }
}
