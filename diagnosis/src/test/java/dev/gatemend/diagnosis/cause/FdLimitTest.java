package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.JournalLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A limit of open files is used up, nginx's or the application's. */
class FdLimitTest {
    @Test
    void speaksOfNginxsLimitWhenItsSocketCallSaysSo() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "upstream-socket-failed-emfile",
                                "socket() failed (24: Too many open files)",
                                24,
                                "connecting to upstream")
                        .seen(
                                process(
                                        813,
                                        "nginx",
                                        "nginx: worker process",
                                        Duration.ofDays(3),
                                        ""),
                                "processes",
                                "ps");

        Finding verdict = assertVerdict(diagnose(scene), "fd-limit", 0.9);
        assertThat(verdict.title())
                .isEqualTo("nginx's workers have used up their limit of 1024 open files");
        assertThat(verdict.remedies().getFirst().steps().getFirst().explanation())
                .contains("worker_rlimit_nofile 4096;");
    }

    @Test
    void speaksOfTheApplicationsLimitWhenItsOwnLogSaysSo() {
        Finding verdict =
                assertVerdict(
                        diagnose(applicationSays("accept: Too many open files")), "fd-limit", 0.6);

        assertThat(verdict.title()).isEqualTo("node (PID 900) has used up its limit of open files");
        assertThat(commands(verdict))
                .contains("sudo systemctl edit app.service", "sudo systemctl restart app.service");
        assertThat(verdict.wontHelp()).anyMatch(w -> w.startsWith("worker_rlimit_nofile"));
    }

    @Test
    void staysSilentWhenTheApplicationLogsSomethingElse() {
        Diagnosis diagnosis = diagnose(applicationSays("GET /too-many-files 200"));

        assertThat(probability(diagnosis, "fd-limit")).isZero();
    }

    private static MatterBuilder applicationSays(String text) {
        return new MatterBuilder()
                .peer(PEER)
                .logged(
                        "upstream-prematurely-closed-header",
                        "upstream prematurely closed connection",
                        0,
                        "reading response header from upstream")
                .seen(table(listener(PEER, 900)), "sockets", "ss")
                .seen(
                        process(900, "node", "node app.js", Duration.ofDays(1), "app.service"),
                        "processes",
                        "ps")
                .seen(
                        new JournalLine("app.service", NOW.minusSeconds(30), text),
                        "journal",
                        "journalctl");
    }
}
