package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.FAILING;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.missingSocket;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Refusals.withNeighbour;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application listens on another port. */
class WrongPortTest {
    @Test
    void speaksWhenTheApplicationCameBackOnAnotherPort() {
        ProcessState restarted =
                process(900, "node", "node /srv/other/server.js", Duration.ofSeconds(62), "");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), restarted)
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                        "access.log",
                                        "access.log"));

        Finding verdict = assertVerdict(diagnosis, "wrong-port", 0.8);
        assertThat(verdict.title())
                .isEqualTo("nginx dials 127.0.0.1:8000, node (PID 900) listens on 127.0.0.1:8001");
    }

    @Test
    void isNearItsRivalWhenNothingIsKnownOfTheNeighbour() {
        Diagnosis diagnosis = diagnose(withNeighbour(refused(), NODE));

        assertThat(probability(diagnosis, "app-not-running")).isBetween(0.3, 0.9);
        assertThat(probability(diagnosis, "wrong-port")).isBetween(0.1, 0.6);
        assertThat(diagnosis.next().stream().map(Diagnosis.NextStep::command))
                .contains("ps -o pid,user,lstart,args -p 900");
    }

    @Test
    void speaksWhenTheNeighbourBearsTheSitesName() {
        ProcessState shop =
                process(900, "node", "node /srv/shop/server.js", Duration.ofDays(2), "");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), shop)
                                .seen(access(502, PEER, FAILING, NOW), "access.log", "f"));

        assertVerdict(diagnosis, "wrong-port", 0.8);
    }

    @Test
    void speaksWhenTheUnitThatNamesThePortListensElsewhere() {
        ProcessState shop = process(900, "shopd", "/opt/shopd", Duration.ofDays(2), "x.service");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), shop)
                                .seen(
                                        unit(
                                                "x.service",
                                                "active",
                                                "running",
                                                "/opt/shopd -p 8000"),
                                        "systemd",
                                        "systemctl show x.service"));

        assertVerdict(diagnosis, "wrong-port", 0.9);
    }

    @Test
    void isRuledOutWhenAnotherPassLeadsToTheNeighbour() {
        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), NODE)
                                .seen(
                                        configuration(
                                                PassKind.PROXY,
                                                "shop",
                                                List.of(PEER, "localhost:8001")),
                                        "config",
                                        "nginx.conf"));

        assertVerdict(diagnosis, "app-not-running", 0.9);
    }

    @Test
    void staysSilentOnAUnixSocket() {
        Diagnosis diagnosis = diagnose(missingSocket().seen(table(), "sockets", "ss -lxnp"));

        assertThat(probability(diagnosis, "wrong-port")).isZero();
        assertThat(ruledOut(diagnosis)).doesNotContain("wrong-port");
    }
}
