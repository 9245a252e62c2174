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
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ApplicationLog.Line;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application server ends its own worker at its own limit, with the request on it. */
class WorkerTimeoutKillTest {
    private static final String TIMEOUT = "[16] [CRITICAL] WORKER TIMEOUT (pid:17)";
    private static final String PERHAPS =
            "[16] [ERROR] Worker (pid:17) was sent SIGKILL! Perhaps out of memory?";

    @Test
    void speaksWhenTheServerSaysAtThatTimeThatItEndedAWorker() {
        MatterBuilder scene =
                log(
                        served(closed()),
                        950,
                        List.of(
                                at(NOW.minusSeconds(61), TIMEOUT),
                                at(NOW.minusSeconds(30), TIMEOUT),
                                at(NOW.minusSeconds(1), TIMEOUT)));

        assertVerdict(diagnose(scene), "worker-timeout-kill", 0.9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TIMEOUT,
                "Sat Nov 21 12:09:00 2026 - *** HARAKIRI ON WORKER 1 (pid: 812, try: 1, graceful: no) ***",
                "[21-Nov-2026 12:09:00] WARNING: [pool www] child 812, script '/srv/shop/index.php' (request: \"GET /index.php?page=report\") execution timed out (61.2 sec), terminating",
                "[812] ! Terminating timed out worker (worker failed to check in within 60 seconds): 813",
                "E, [2026-11-21T12:09:00.123456 #7] ERROR -- : worker=0 PID:12 timeout (61s > 60s), killing",
                "2026-11-21 12:09:00,123 7 ERROR ? odoo.service.server: WorkerHTTP (812) timeout after 120s"
            })
    void speaksOfALineHandedOverOfWhichNobodyKnowsWhomItServes(String line) {
        MatterBuilder scene = handedOver(closed(), line, PERHAPS);

        assertVerdict(diagnose(scene), "worker-timeout-kill", 0.8);
    }

    @Test
    void isLessSureWhenNginxGaveUpFirst() {
        MatterBuilder scene =
                handedOver(
                        new MatterBuilder()
                                .peer(PEER)
                                .logged(
                                        "upstream-timed-out-reading-header",
                                        "upstream timed out (110: Connection timed out)",
                                        110,
                                        "reading response header from upstream"),
                        TIMEOUT);

        assertVerdict(diagnose(scene), "slow-upstream-read-timeout", 0.1);
        assertThat(probability(diagnose(scene), "worker-timeout-kill")).isLessThan(0.5);
    }

    @Test
    void staysSilentWhenTheLineIsOfAnotherTime() {
        MatterBuilder scene =
                log(
                        served(closed()),
                        950,
                        List.of(
                                at(NOW.minusSeconds(600), TIMEOUT),
                                at(NOW.minusSeconds(500), "serving")));

        assertThat(probability(diagnose(scene), "worker-timeout-kill")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PERHAPS,
                "127.0.0.1 - - [21/Nov/2026:12:09:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"WORKER TIMEOUT (pid:17)\"",
                "127.0.0.1 - - [21/Nov/2026:12:09:00 +0000] \"GET /?WARNING: [pool www] child 1, script 'x' execution timed out (1 sec), terminating HTTP/1.1\" 200"
            })
    void staysSilentWhenNoServerSaysSo(String line) {
        assertThat(probability(diagnose(handedOver(closed(), line)), "worker-timeout-kill"))
                .isZero();
    }

    private static MatterBuilder handedOver(MatterBuilder scene, String... lines) {
        return scene.seen(
                new ApplicationLog(
                        "-",
                        "the text given",
                        List.of(),
                        List.of(),
                        NOW,
                        List.of(lines).stream().map(t -> new Line(Optional.empty(), t)).toList(),
                        false),
                "application log",
                "-");
    }

    private static MatterBuilder served(MatterBuilder scene) {
        return scene.seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(
                        process(
                                950,
                                "gunicorn",
                                "gunicorn --timeout 30 shop:app",
                                Duration.ofDays(1),
                                ""),
                        "processes",
                        "ps -p 950");
    }
}
