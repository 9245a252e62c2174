package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.SOCKET;
import static dev.gatemend.diagnosis.Refusals.missingSocket;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** The application made its socket at another path. */
class WrongSocketPathTest {
    @Test
    void speaksWhenItsNamesakeLiesInAnotherDirectory() {
        MatterBuilder scene =
                missingSocket()
                        .seen(
                                table(listener("unix:/srv/app/run/shop.sock", 900)),
                                "sockets",
                                "ss -lxnp")
                        .seen(NODE, "processes", "ps");

        assertVerdict(diagnose(scene), "wrong-socket-path", 0.9);
    }

    @Test
    void staysSilentWhenTheOtherSocketWasThereWhileThePeerAnswered() {
        MatterBuilder scene =
                missingSocket()
                        .seen(table(listener("unix:/run/other.sock", 900)), "sockets", "ss -lxnp")
                        .seen(NODE, "processes", "ps")
                        .seen(
                                answered(
                                        "unix:" + SOCKET,
                                        NOW.minusSeconds(600),
                                        NOW.minusSeconds(70)),
                                "access.log",
                                "f");

        assertVerdict(diagnose(scene), "app-not-running", 0.9);
    }

    @Test
    void isRuledOutWhenNoOtherSocketIsListenedOn() {
        Diagnosis diagnosis = diagnose(missingSocket().seen(table(), "sockets", "ss -lxnp"));

        assertThat(ruledOut(diagnosis)).contains("wrong-socket-path");
    }
}
