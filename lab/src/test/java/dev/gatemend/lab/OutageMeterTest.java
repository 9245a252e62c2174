package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageMeterTest {
    private final OutageMeter meter = new OutageMeter(Duration.ofSeconds(60));

    @Test
    void lastsFromTheFirstFailureToTheFirstOfTheSteadySuccesses() {
        saw(1, true);
        meter.isBroken(seconds(2));
        saw(3, false);
        saw(4, true);
        saw(5, false);
        saw(6, true);
        saw(11, true);

        assertThat(meter.isOver(seconds(11))).isTrue();
        assertThat(meter.outage(seconds(11))).isEqualTo(new Outage(seconds(3), true, 5, 2));
    }

    @Test
    void isNotOverWhileSuccessesAreNotSteady() {
        meter.isBroken(seconds(0));
        saw(1, false);
        saw(2, true);

        assertThat(meter.isOver(seconds(6))).isFalse();
    }

    @Test
    void isFollowedAsLongAsTheBoundAndThenSaidNotToBeOver() {
        meter.isBroken(seconds(0));
        saw(1, false);
        assertThat(meter.isOver(seconds(60))).isFalse();
        saw(60, true);

        assertThat(meter.isOver(seconds(63))).isTrue();
        assertThat(meter.outage(seconds(63))).isEqualTo(new Outage(seconds(60), false, 2, 1));
    }

    @Test
    void isNoneWhenNoRequestFails() {
        saw(1, true);
        meter.isBroken(seconds(20));
        saw(21, true);
        assertThat(meter.isOver(seconds(24))).isFalse();
        saw(25, true);

        assertThat(meter.isOver(seconds(25))).isTrue();
        assertThat(meter.outage(seconds(25))).isEqualTo(Outage.NONE);
    }

    @Test
    void isNotOverBeforeWhatBreaksIsBroken() {
        saw(1, false);
        saw(2, true);

        assertThat(meter.isOver(seconds(300))).isFalse();
    }

    private void saw(int second, boolean well) {
        meter.saw(seconds(second), well);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
