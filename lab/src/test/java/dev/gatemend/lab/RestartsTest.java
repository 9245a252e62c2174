package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {
    @Test
    void countEachTimeAUnitBecameActiveAfterTheBreak() {
        List<UnitLife> broken = List.of(unit("shop.service", 100, 0), unit("nginx.service", 50, 0));
        Restarts restarts = new Restarts(broken, broken);

        restarts.saw(List.of(unit("shop.service", 200, 0), unit("nginx.service", 50, 0)));
        restarts.saw(List.of(unit("shop.service", 200, 0), unit("nginx.service", 50, 0)));
        restarts.saw(List.of(unit("shop.service", 300, 0), unit("nginx.service", 50, 0)));

        assertThat(restarts.counts()).containsExactly(java.util.Map.entry("shop.service", 2));
    }

    @Test
    void countUnitsThatWereNotEvenLoadedWhenItBroke() {
        Restarts restarts = new Restarts(List.of(), List.of());

        restarts.saw(List.of(unit("apache.service", 70, 0)));

        assertThat(restarts.counts()).containsKey("apache.service");
    }

    @Test
    void leaveOutUnitsThatAreOnlyStopped() {
        List<UnitLife> broken = List.of(unit("shop.service", 100, 0));
        Restarts restarts = new Restarts(broken, broken);

        restarts.saw(List.of(unit("shop.service", 100, 0)));

        assertThat(restarts.counts()).isEmpty();
    }

    @Test
    void countWhatSystemdDidBeforeAnybodyLooked() {
        List<UnitLife> before = List.of(unit("shop.service", 100, 0));
        List<UnitLife> broken = List.of(unit("shop.service", 200, 1));
        Restarts restarts = new Restarts(broken, before);

        restarts.saw(broken);

        assertThat(restarts.counts()).containsEntry("shop.service", 1);
    }

    @Test
    void leaveOutAutomaticRestartsOfTheBreakItself() {
        List<UnitLife> broken = List.of(unit("shop.service", 200, 3));
        Restarts restarts = new Restarts(broken, broken);

        restarts.saw(broken);

        assertThat(restarts.counts()).isEmpty();
    }

    @Test
    void believeSystemdsOwnCountWhereItIsHigher() {
        List<UnitLife> broken = List.of(unit("shop.service", 100, 0));
        Restarts restarts = new Restarts(broken, broken);

        restarts.saw(List.of(unit("shop.service", 900, 4)));

        assertThat(restarts.counts()).containsEntry("shop.service", 4);
    }

    private static UnitLife unit(String name, long activeSince, long automaticRestarts) {
        return new UnitLife(name, activeSince, automaticRestarts, 7, "", List.of());
    }
}
