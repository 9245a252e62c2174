package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalmLinesTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

    private final CalmLines<String> calm = new CalmLines<>();
    private Instant now = START;
    private int single;
    private final List<CalmLines.Sum<String>> sums = new ArrayList<>();

    @Test
    void whatComesNowAndThenIsToldOneByOne() {
        for (int i = 0; i < 100; i++) {
            happens("dead peer", 1);
            pass(Duration.ofMillis(900));
        }

        assertThat(single).isEqualTo(100);
        assertThat(sums).isEmpty();
    }

    @Test
    void ofManyAlikeTheFirstAreToldAndTheRestAsASum() {
        happens("dead peer", 100);
        pass(Duration.ofSeconds(1));

        assertThat(single).isEqualTo(CalmLines.MOST_ALIKE);
        assertThat(sums).extracting(CalmLines.Sum::count).containsExactly(97L);
    }

    @Test
    void theLongerItGoesOnTheFewerLines() {
        for (int second = 0; second < 600; second++) {
            happens("dead peer", 50);
            pass(Duration.ofSeconds(1));
        }

        assertThat(single + sums.size()).isLessThan(120);
        sums.addAll(calm.rest());
        assertThat(single + sums.stream().mapToLong(CalmLines.Sum::count).sum())
                .isEqualTo(600 * 50);
    }

    @Test
    void somethingElseIsToldAtOnce() {
        for (int second = 0; second < 60; second++) {
            happens("dead peer", 50);
            pass(Duration.ofSeconds(1));
        }
        int before = single;
        happens("timeout", 1);

        assertThat(single).isEqualTo(before + 1);
    }

    @Test
    void afterAPauseItIsNewAgain() {
        happens("dead peer", 50);
        pass(Duration.ofMinutes(2));
        pass(Duration.ofMinutes(2));
        int before = single;
        happens("dead peer", 1);

        assertThat(single).isEqualTo(before + 1);
    }

    @Test
    void noSecondHasMoreLinesThanAScreenTakes() {
        for (int kind = 0; kind < 5_000; kind++) {
            happens("peer " + kind, 2);
        }
        assertThat(single).isEqualTo(CalmLines.MOST_SINGLE);
        for (int second = 0; second < 200; second++) {
            int before = sums.size();
            pass(Duration.ofSeconds(1));
            assertThat(sums.size() - before).isLessThanOrEqualTo(CalmLines.MOST_SUMS);
        }

        sums.addAll(calm.rest());
        assertThat(single + sums.stream().mapToLong(CalmLines.Sum::count).sum()).isEqualTo(10_000);
        assertThat(sums).anyMatch(CalmLines.Sum::mixed);
    }

    @Test
    void whatIsLeftAtTheEndIsToldInFewLines() {
        for (int kind = 0; kind < 50; kind++) {
            happens("peer " + kind, 10);
        }
        List<CalmLines.Sum<String>> rest = calm.rest();

        assertThat(rest).hasSize(CalmLines.MOST_SUMS);
        assertThat(single + rest.stream().mapToLong(CalmLines.Sum::count).sum()).isEqualTo(500);
    }

    private void happens(String kind, int times) {
        for (int i = 0; i < times; i++) {
            single += calm.tell(kind, kind, now) ? 1 : 0;
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        sums.addAll(calm.due(now));
    }
}
