package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.behind;
import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Containers.life;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.closed;
import static dev.gatemend.diagnosis.Said.ended;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.KernelEvent.Segfault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process of the application dies of a memory fault or an abort. */
class AppSegfaultTest {
    @Test
    void speaksWhenTheKernelSawAWorkerFault() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                log(
                                        faulted(served(), 977, "gunicorn", NOW.minusSeconds(30)),
                                        950,
                                        "[2026-11-21 12:00:00 +0000] [977] [INFO] Booting worker with pid: 977")),
                        "app-segfault",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo("gunicorn (PID 977) died of a memory fault or an abort");
    }

    @Test
    void isNotSureOfAFaultThatOnlyTheNameTiesToIt() {
        MatterBuilder own = faulted(served(), 977, "gunicorn", NOW.minusSeconds(30));
        MatterBuilder shared =
                faulted(served(), 977, "gunicorn", NOW.minusSeconds(30))
                        .seen(
                                process(
                                        970,
                                        "gunicorn",
                                        "gunicorn blog:app",
                                        Duration.ofDays(1),
                                        "blog.service"),
                                "processes",
                                "ps -p 970");

        double ofOne = probability(diagnose(own), "app-segfault");
        assertThat(ofOne).isBetween(0.3, 0.8);
        assertThat(probability(diagnose(shared), "app-segfault")).isLessThan(ofOne);
    }

    @Test
    void isNotTiedByANumberThatARequestHolds() {
        MatterBuilder scene =
                log(
                        faulted(served(), 977, "gunicorn", NOW.minusSeconds(30)),
                        950,
                        "GET /977 HTTP/1.1");

        assertThat(probability(diagnose(scene), "app-segfault")).isLessThan(0.8);
    }

    @Test
    void speaksWhenItsUnitDumpedCore() {
        assertVerdict(
                diagnose(
                        seen(emptyTable(refused()), ended("failed", "failed", "core-dump", 11, 0))),
                "app-segfault",
                0.9);
    }

    @Test
    void speaksWhenItsContainerEndedByIt() {
        assertVerdict(diagnose(behind(life("exited", 139, false))), "app-segfault", 0.9);
    }

    @Test
    void staysSilentAboutAFaultOfAnotherTime() {
        MatterBuilder scene = faulted(served(), 977, "gunicorn", NOW.minus(Duration.ofHours(2)));

        assertThat(probability(diagnose(scene), "app-segfault")).isZero();
    }

    @Test
    void staysSilentAboutAFaultOfAnotherProgram() {
        MatterBuilder scene = faulted(served(), 977, "chromium", NOW.minusSeconds(30));

        assertThat(probability(diagnose(scene), "app-segfault")).isZero();
    }

    @Test
    void staysSilentWhenItWasKilled() {
        assertThat(
                        probability(
                                diagnose(
                                        seen(
                                                emptyTable(refused()),
                                                ended("failed", "failed", "signal", 9, 0))),
                                "app-segfault"))
                .isZero();
    }

    private static MatterBuilder served() {
        return closed().seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(
                        process(950, "gunicorn", "gunicorn shop:app", Duration.ofDays(1), ""),
                        "processes",
                        "ps -p 950");
    }

    private static MatterBuilder faulted(MatterBuilder scene, int pid, String process, Instant at) {
        return scene.seen(
                new Segfault(at, pid, process, "segfault", Optional.of("libc.so.6")),
                "kernel log",
                "dmesg -T");
    }
}
