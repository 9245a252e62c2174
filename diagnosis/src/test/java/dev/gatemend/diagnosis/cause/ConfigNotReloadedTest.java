package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.written;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files were mended, nginx was not told. */
class ConfigNotReloadedTest {
    private static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(9));

    @Test
    void speaksWhenAFileIsYoungerThanTheWorkersAndNamesAnotherAddress() {
        MatterBuilder scene =
                edited("127.0.0.1:8001", AN_HOUR_AGO)
                        .seen(connects("127.0.0.1:8001"), "probe", "nc -z 127.0.0.1 8001");

        Finding verdict = assertVerdict(diagnose(scene), "config-not-reloaded", 0.95);
        assertThat(commands(verdict))
                .contains("sudo nginx -t && sudo systemctl reload nginx.service");
    }

    @Test
    void staysSilentWhenNginxHasReadTheFilesSince() {
        assertThat(probability(diagnose(edited("127.0.0.1:8001", LONG_AGO)), "config-not-reloaded"))
                .isZero();
    }

    @Test
    void staysSilentWhenTheEditLeftTheAddressAsItIs() {
        MatterBuilder scene = edited(PEER, AN_HOUR_AGO);

        assertThat(probability(diagnose(scene), "config-not-reloaded")).isZero();
    }

    private static MatterBuilder edited(String named, Instant at) {
        return refused()
                .seen(
                        written(configuration(PassKind.PROXY, "shop", List.of(named)), at),
                        "configuration",
                        "nginx.conf")
                .seen(table(listener("127.0.0.1:8001", 900)), "sockets", "ss -ltnp")
                .seen(NODE, "processes", "ps");
    }
}
