package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.closed;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The application server replaces its workers on purpose, and requests on them are lost. */
class WorkerRecycleRaceTest {
    private static final String RECYCLED = "[INFO] Autorestarting worker after current request.";

    @Test
    void speaksWhenBothEndsOfTheFailuresMeetAReplacement() {
        assertVerdict(diagnose(recycled(60, 30, 1)), "worker-recycle-race", 0.8);
    }

    @Test
    void isUnsureWhenAReplacementMerelyLiesAmongTheFailures() {
        assertThat(probability(diagnose(recycled(30)), "worker-recycle-race")).isBetween(0.1, 0.8);
    }

    @Test
    void staysSilentWhenReplacementsAreOfAnotherTime() {
        assertThat(probability(diagnose(recycled(300)), "worker-recycle-race")).isZero();
    }

    @Test
    void staysSilentWhenNothingIsSaidOfReplacements() {
        assertThat(probability(diagnose(served(closed())), "worker-recycle-race")).isZero();
    }

    private static MatterBuilder recycled(int... secondsAgo) {
        return log(
                served(closed()),
                950,
                java.util.Arrays.stream(secondsAgo)
                        .mapToObj(s -> at(NOW.minusSeconds(s), RECYCLED))
                        .toList());
    }

    private static MatterBuilder served(MatterBuilder scene) {
        return scene.seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(
                        process(
                                950,
                                "gunicorn",
                                "gunicorn --max-requests 100 shop:app",
                                Duration.ofDays(1),
                                ""),
                        "processes",
                        "ps -p 950");
    }
}
