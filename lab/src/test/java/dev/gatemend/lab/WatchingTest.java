package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.lab.Aftermath.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class WatchingTest {
    private static final Duration BOUND = Duration.ofSeconds(60);

    @Test
    void findsTheRightThingRestartedAndAllHealed() throws IOException, InterruptedException {
        Aftermath aftermath =
                follow(
                        second -> second >= 3,
                        second -> List.of(unit("shop.service", second < 3 ? 0 : 3)),
                        List.of("shop.service"));

        assertThat(aftermath.outage().over()).isTrue();
        assertThat(aftermath.outage().length()).isEqualTo(Duration.ofSeconds(3));
        assertThat(aftermath.restarted()).isEqualTo(Map.of("shop.service", 1));
        assertThat(aftermath.verdict()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void findsTheWrongThingRestartedAgainAndAgain() throws IOException, InterruptedException {
        Aftermath aftermath =
                follow(
                        _ -> false,
                        second -> List.of(unit("shop.service", second - second % 10)),
                        List.of("nginx.service"));

        assertThat(aftermath.outage().over()).isFalse();
        assertThat(aftermath.outage().length()).isEqualTo(BOUND);
        assertThat(aftermath.restarted()).isEqualTo(Map.of("shop.service", 6));
        assertThat(aftermath.verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void callsARestartWrongWhereNoneMendsIt() throws IOException, InterruptedException {
        assertThat(
                        follow(
                                        second -> second >= 9,
                                        second -> List.of(unit("shop.service", second)),
                                        List.of())
                                .verdict())
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void findsNothingRestartedThoughItHealsByItself() throws IOException, InterruptedException {
        Aftermath aftermath = follow(second -> second >= 2, _ -> List.of(), List.of());

        assertThat(aftermath.outage().over()).isTrue();
        assertThat(aftermath.verdict()).isEqualTo(Verdict.NOTHING);
    }

    private static Aftermath follow(
            LongPredicate well, LongFunction<List<UnitLife>> units, List<String> mending)
            throws IOException, InterruptedException {
        FakeScene scene = new FakeScene(well, units);
        Restarts restarts = new Restarts(scene.units(), scene.units());
        return new Watching(scene, BOUND).follow(Watcher.MONIT, restarts, mending);
    }

    private static UnitLife unit(String name, long activeSince) {
        return new UnitLife(name, activeSince, 0, 0, "", List.of());
    }

    /** In which a pause is over at once, half a second later. */
    private static final class FakeScene implements FaultScene {
        private final LongPredicate well;
        private final LongFunction<List<UnitLife>> units;
        private Duration now = Duration.ZERO;

        FakeScene(LongPredicate well, LongFunction<List<UnitLife>> units) {
            this.well = well;
            this.units = units;
        }

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public boolean ask() {
            return well.test(now.toSeconds());
        }

        @Override
        public List<UnitLife> units() {
            return units.apply(now.toSeconds());
        }

        @Override
        public void pause() {
            now = now.plusMillis(500);
        }
    }
}
