package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.cause.Waiting.othersAnswered;
import static dev.gatemend.diagnosis.cause.Waiting.probed;
import static dev.gatemend.diagnosis.cause.Waiting.queueFull;
import static dev.gatemend.diagnosis.cause.Waiting.said;
import static dev.gatemend.diagnosis.cause.Waiting.served;
import static dev.gatemend.diagnosis.cause.Waiting.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All workers or threads of an application server are busy, and requests wait for one. */
class AppWorkersExhaustedTest {
    @Test
    void speaksWhenEveryWorkerHoldsARequestAndMoreWaitWhileOthersFinish() {
        MatterBuilder scene =
                probed(othersAnswered(served(timedOut(), "gunicorn", 1, 9, 2048)), false);

        assertVerdict(diagnose(scene), "app-workers-exhausted", 0.6);
    }

    @Test
    void speaksWhenTheQueueIsFullAndEveryWorkerBusyWhileOthersFinish() {
        MatterBuilder scene =
                probed(othersAnswered(served(queueFull(), "uwsgi", 1, 101, 100)), false);

        assertVerdict(diagnose(scene), "app-workers-exhausted", 0.6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21-Nov-2026 12:09:00.123 SEVERE [http-nio-8080-Poller] org.apache.tomcat.util.threads All threads (200) are currently busy, waiting. Increase maxThreads (200) or check the servlet status",
                "WARNING:waitress.queue:Task queue depth is 14",
                "[ W 2026-11-21 12:09:00.1 12/T4 age/Cor/Con/CheckoutSession.cpp:277 ]: [Client 2-14] Request queue is full. Returning an error"
            })
    void speaksWhenTheServerSaysSo(String line) {
        assertVerdict(diagnose(said(timedOut(), line)), "app-workers-exhausted", 0.6);
    }

    @Test
    void isOneOfSeveralWhenOnlyAFullQueueIsKnown() {
        double alone = probability(diagnose(queueFull()), "app-workers-exhausted");

        assertThat(alone).isBetween(0.05, 0.5);
    }

    @Test
    void staysSilentWhenNobodyWaits() {
        MatterBuilder scene = probed(served(timedOut(), "gunicorn", 1, 0, 2048), true);

        assertThat(probability(diagnose(scene), "app-workers-exhausted")).isZero();
    }

    @Test
    void staysSilentOfPhpWhoseChildrenAreAnotherCause() {
        MatterBuilder scene = probed(served(queueFull(), "php-fpm8.2", 1, 101, 100), false);

        assertThat(probability(diagnose(scene), "app-workers-exhausted")).isZero();
    }
}
