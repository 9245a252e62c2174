package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static dev.gatemend.diagnosis.cause.Waiting.othersAnswered;
import static dev.gatemend.diagnosis.cause.Waiting.probed;
import static dev.gatemend.diagnosis.cause.Waiting.queueFull;
import static dev.gatemend.diagnosis.cause.Waiting.said;
import static dev.gatemend.diagnosis.cause.Waiting.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Facts;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Refusals;
import dev.gatemend.model.AcceptOverflows;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The accept queue is too short for bursts, though the workers keep up with the rest. */
class ListenBacklogFullTest {
    @Test
    void speaksWhenTheQueueOverflowsWhileTheWorkersAnswerAtOnce() {
        MatterBuilder scene =
                probed(othersAnswered(served(queueFull(), "gunicorn", 0, 0, 2)), true);

        assertVerdict(diagnose(scene), "listen-backlog-full", 0.9);
    }

    @Test
    void speaksWhenTheKernelCountsOverflowsOfATcpListenerThatAnswers() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(Refusals.PEER)
                        .logged(
                                "upstream-timed-out-connecting",
                                "upstream timed out (110: Connection timed out)",
                                110,
                                "connecting to upstream")
                        .seen(
                                Facts.table(Facts.queued(Refusals.PEER, 0, 4, 951)),
                                "sockets",
                                "ss -ltn")
                        .seen(
                                Facts.process(951, "node", "node a.js", Duration.ofDays(1), ""),
                                "processes",
                                "ps")
                        .seen(
                                new AcceptOverflows(NETWORK, 812, 7, OptionalInt.of(4096)),
                                "accept queues",
                                "nstat");

        assertVerdict(diagnose(probed(scene, Refusals.PEER, true)), "listen-backlog-full", 0.6);
    }

    @Test
    void isOneOfSeveralWhenOnlyTheServerSaysThatItsQueueIsFull() {
        MatterBuilder scene =
                said(
                        queueFull(),
                        "Sat Nov 21 12:09:00 2026 - *** uWSGI listen queue of socket \"/run/shop/shop.sock\" (fd: 3) full !!! (101/100) ***");

        double backlog = probability(diagnose(scene), "listen-backlog-full");
        double exhausted = probability(diagnose(scene), "app-workers-exhausted");

        assertThat(backlog).isBetween(0.2, 0.7);
        assertThat(exhausted).isBetween(0.2, 0.7);
    }

    @Test
    void isRuledOutWhenEveryWorkerIsBusy() {
        MatterBuilder scene = probed(served(queueFull(), "uwsgi", 1, 101, 100), false);

        assertThat(ruledOut(diagnose(scene))).contains("listen-backlog-full");
    }
}
