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
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Container.Life;
import dev.gatemend.model.Finding;
import dev.gatemend.model.KernelEvent.OomKill;
import dev.gatemend.model.SystemdUnit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The kernel took the application for want of memory. */
class OutOfMemoryTest {
    private static final String KERNEL = "kernel log";
    private static final String DMESG = "dmesg -T";

    @Test
    void speaksWhenTheEngineSaysSo() {
        Finding verdict =
                assertVerdict(diagnose(behind(life("exited", 137, true))), "out-of-memory", 0.95);

        assertThat(verdict.title())
                .isEqualTo("the kernel killed container shop for want of memory");
    }

    @Test
    void speaksWhenSystemdSaysSo() {
        SystemdUnit shop =
                new SystemdUnit(
                        "shop.service",
                        "",
                        "failed",
                        "failed",
                        "oom-kill",
                        OptionalInt.of(9),
                        OptionalInt.empty(),
                        0,
                        "enabled",
                        List.of("/usr/bin/gunicorn --bind 127.0.0.1:8000 shop:app"),
                        List.of("127.0.0.1:8000"),
                        Optional.of(NOW.minusSeconds(90)));

        assertVerdict(
                diagnose(
                        emptyTable(refused()).seen(shop, "systemd", "systemctl show shop.service")),
                "out-of-memory",
                0.8);
    }

    @Test
    void speaksWhenTheKernelKilledOneOfItsProcessesWhileRequestsFailed() {
        assertVerdict(diagnose(killed("gunicorn", 977, 30)), "out-of-memory", 0.8);
    }

    @Test
    void staysSilentAboutAnotherProgramOrAnotherTime() {
        assertThat(probability(diagnose(killed("chromium", 977, 30)), "out-of-memory")).isZero();
        assertThat(probability(diagnose(killed("gunicorn", 977, 3_000)), "out-of-memory")).isZero();
    }

    @Test
    void speaksOfAnUnknownApplicationThatWentInTheSecondOfAKill() {
        assertVerdict(
                diagnose(gone().seen(kill("python3", 977, 61), KERNEL, DMESG)),
                "out-of-memory",
                0.8);
    }

    @Test
    void staysSilentWhereAKillIsNoInterpretersOrNotOfThatSecondOrOneOfMany() {
        for (MatterBuilder other :
                List.of(
                        gone().seen(kill("mariadbd", 977, 61), KERNEL, DMESG),
                        gone().seen(kill("python3", 977, 30), KERNEL, DMESG),
                        gone().seen(kill("python3", 977, 61), KERNEL, DMESG)
                                .seen(kill("node", 978, 60), KERNEL, DMESG))) {
            assertThat(probability(diagnose(other), "out-of-memory")).isZero();
        }
    }

    @Test
    void staysSilentOfAKillWhereTheApplicationsOwnLogTellsOfAnotherEnd() {
        MatterBuilder other = gone().seen(kill("python3", 977, 61), KERNEL, DMESG);

        assertThat(
                        probability(
                                diagnose(
                                        log(
                                                other,
                                                950,
                                                "OSError: [Errno 98] Address already in use")),
                                "out-of-memory"))
                .isZero();
    }

    /** Refused since a minute ago; nobody is known to have listened there. */
    private static MatterBuilder gone() {
        return refused().seen(table(), "sockets", "ss -ltnp");
    }

    private static MatterBuilder killed(String process, int pid, int secondsAgo) {
        return closed().seen(table(listener(PEER, 950)), "sockets", "ss -ltnp")
                .seen(
                        process(950, "gunicorn", "gunicorn shop:app", Duration.ofDays(1), ""),
                        "processes",
                        "ps -p 950")
                .seen(kill(process, pid, secondsAgo), KERNEL, DMESG);
    }

    private static OomKill kill(String process, int pid, int secondsAgo) {
        return new OomKill(
                NOW.minusSeconds(secondsAgo), pid, process, Optional.empty(), false, 1L << 30);
    }

    @Test
    void staysSilentAfterAMereKill() {
        assertThat(probability(diagnose(behind(life("exited", 137, false))), "out-of-memory"))
                .isZero();
    }

    @Test
    void isRuledOutWhenTheKillCameAfterTheFailures() {
        Life later = life("exited", 137, true, NOW.plusSeconds(5));

        assertThat(ruledOut(diagnose(behind(later)))).contains("out-of-memory");
    }
}
