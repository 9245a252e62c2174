package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Refusals.withNeighbour;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application listens on the right port of another address. */
class WrongBindAddressTest {
    @Test
    void speaksWhenTheSamePortIsBoundAtAnotherAddress() {
        MatterBuilder scene =
                refused("10.0.0.5:8000")
                        .seen(
                                new LocalAddresses(
                                        MatterBuilder.NETWORK, List.of("127.0.0.1", "10.0.0.5")),
                                "addresses",
                                "ip addr")
                        .seen(table(listener(PEER, 900)), "sockets", "ss -ltnp")
                        .seen(NODE, "processes", "ps");

        Finding verdict = assertVerdict(diagnose(scene), "wrong-bind-address", 0.9);
        assertThat(verdict.title())
                .isEqualTo(
                        "node (PID 900) listens on 127.0.0.1:8000 only, nginx dials 10.0.0.5:8000");
    }

    @Test
    void isNotSureOfAnotherAddressThatMayServeItsOwnClients() {
        ProcessState payroll =
                process(900, "python3", "python3 /srv/payroll/payroll.py", Duration.ofDays(2), "");
        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(listener("10.9.0.1:8000", 900)), "sockets", "ss -ltnp")
                                .seen(payroll, "processes", "ps"));

        assertThat(probability(diagnosis, "app-not-running")).isBetween(0.4, 0.8);
        assertThat(probability(diagnosis, "wrong-bind-address"))
                .isBetween(0.1, probability(diagnosis, "app-not-running"));
    }

    @Test
    void speaksWhenWhoeverBearsTheSitesNameHasThePortOfAnotherAddress() {
        ProcessState shop =
                process(900, "python3", "python3 /srv/shop/app.py", Duration.ofDays(2), "");

        assertVerdict(
                diagnose(
                        refused()
                                .seen(table(listener("10.9.0.1:8000", 900)), "sockets", "ss -ltnp")
                                .seen(shop, "processes", "ps")),
                "wrong-bind-address",
                0.7);
    }

    @Test
    void isOnlySuspectedBetweenTheTwoLoopbacks() {
        MatterBuilder scene =
                refused("[::1]:8000")
                        .seen(table(listener(PEER, 900)), "sockets", "ss -ltnp")
                        .seen(NODE, "processes", "ps");

        assertThat(probability(diagnose(scene), "wrong-bind-address")).isLessThan(0.9);
    }

    @Test
    void isRuledOutWhenNobodyHasThePortAtAnyAddress() {
        Diagnosis diagnosis = diagnose(withNeighbour(refused(), NODE));

        assertThat(ruledOut(diagnosis)).contains("wrong-bind-address");
    }
}
