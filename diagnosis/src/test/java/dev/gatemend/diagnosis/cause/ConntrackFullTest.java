package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.ConntrackTable;
import dev.gatemend.model.KernelEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** No place left in the table of tracked connections. */
class ConntrackFullTest {
    @Test
    void speaksWhenTheKernelDroppedPacketsMeanwhile() {
        MatterBuilder scene = timedOut().seen(drop(NOW.minusSeconds(40)), "kernel log", "dmesg -T");

        assertVerdict(diagnose(scene), "conntrack-full", 0.9);
    }

    @Test
    void speaksWhenTheTableStandsAtItsLimit() {
        MatterBuilder scene = timedOut().seen(table(65_530), "conntrack", "sysctl");

        assertVerdict(diagnose(scene), "conntrack-full", 0.7);
    }

    @Test
    void doubtsADropOfAnothersTableWhereItsOwnIsEmptyAMomentLater() {
        MatterBuilder scene =
                timedOut()
                        .seen(drop(NOW.minusSeconds(40)), "kernel log", "dmesg -T")
                        .seen(table(0), "conntrack", "sysctl");

        assertThat(probability(diagnose(scene), "conntrack-full")).isLessThan(0.75);
    }

    @Test
    void isRuledOutWhenTheTableHasRoomAndNothingWasDropped() {
        MatterBuilder scene = timedOut().seen(table(900), "conntrack", "sysctl");

        assertThat(ruledOut(diagnose(scene))).contains("conntrack-full");
    }

    @Test
    void saysLittleOfADropLongAgo() {
        MatterBuilder scene =
                timedOut()
                        .seen(drop(NOW.minus(Duration.ofDays(2))), "kernel log", "dmesg -T")
                        .seen(table(900), "conntrack", "sysctl");

        assertThat(probability(diagnose(scene), "conntrack-full")).isLessThan(0.3);
    }

    @Test
    void staysSilentWhenNobodyWasAsked() {
        assertThat(probability(diagnose(timedOut()), "conntrack-full")).isZero();
    }

    private static KernelEvent drop(Instant at) {
        return new KernelEvent.ConntrackFull(at);
    }

    private static ConntrackTable table(long count) {
        return new ConntrackTable(NETWORK, count, 65_536);
    }

    private static MatterBuilder timedOut() {
        return new MatterBuilder()
                .peer("10.0.0.5:8000")
                .logged(
                        "upstream-timed-out-connecting",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "connecting to upstream");
    }
}
