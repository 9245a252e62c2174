package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final int SQLITE_CONSTRAINT_FOREIGNKEY = 787;
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final List<String> happened = new ArrayList<>();
    private final Journal journal =
            new Journal(FakeMemory::new, 41, told -> happened.add("told " + words(told)));
    private boolean full;
    private boolean refusesBundles;

    /** Fails while the disk is full. */
    private final class FakeMemory implements Memory {
        @Override
        public void save(Optional<Incident> incident, List<Told> events, List<String> lines)
                throws SQLException {
            if (full) {
                throw new SQLException("database or disk is full");
            }
            events.forEach(told -> happened.add("saved " + words(told)));
        }

        @Override
        public void saveBundle(String incident, Instant at, byte[] packed) throws SQLException {
            if (full) {
                throw new SQLException("database or disk is full");
            }
            if (refusesBundles) {
                throw new SQLException("foreign key", "", SQLITE_CONSTRAINT_FOREIGNKEY);
            }
            happened.add("saved bundle");
        }

        @Override
        public void close() {}
    }

    @Test
    void savesBeforeItTells() {
        journal.take(ready(), NOW);

        assertThat(happened).containsExactly("saved 42 watch.ready", "told 42 watch.ready");
    }

    @Test
    void goesOnTellingWhenItCannotSaveAndSaysSoOnce() {
        full = true;
        journal.take(ready(), NOW);
        journal.take(ready(), NOW.plusSeconds(1));
        journal.take(ready(), NOW.plusSeconds(6));

        assertThat(happened)
                .containsExactly(
                        "told 42 watch.ready",
                        "told 43 observer.failed",
                        "told 44 watch.ready",
                        "told 45 watch.ready");
    }

    @Test
    void savesAllOfItOnceItCanAgain() {
        full = true;
        journal.take(ready(), NOW);
        journal.take(ready(), NOW.plusSeconds(1));
        happened.clear();

        full = false;
        journal.retry(NOW.plusSeconds(4));
        assertThat(happened).isEmpty();
        journal.retry(NOW.plusSeconds(5));

        assertThat(happened)
                .containsExactly(
                        "saved 42 watch.ready", "saved 43 observer.failed", "saved 44 watch.ready");
    }

    @Test
    void whatIsRefusedForWhatItIsKeepsNothingBack() {
        refusesBundles = true;
        journal.keepBundle("I-1", new byte[1], NOW);
        journal.take(ready(), NOW);

        assertThat(happened).containsExactly("saved 42 watch.ready", "told 42 watch.ready");
    }

    @Test
    void keepsNoMoreBundlesForLaterThanMemoryHasRoomFor() {
        full = true;
        for (int i = 0; i < 100; i++) {
            journal.keepBundle("I-" + i, new byte[1 << 20], NOW);
        }
        happened.clear();
        full = false;
        journal.retry(NOW.plusSeconds(5));
        journal.keepBundle("I-100", new byte[1 << 20], NOW.plusSeconds(6));

        assertThat(happened).filteredOn("saved bundle"::equals).hasSize(17);
    }

    @Test
    void aClockThatStepsBackKeepsItFromNothing() {
        full = true;
        journal.take(ready(), NOW);
        happened.clear();

        full = false;
        journal.retry(NOW.minusSeconds(3_600));

        assertThat(happened).contains("saved 42 watch.ready");
    }

    private static WatchEvent ready() {
        return new WatchEvent.Ready(NOW, 1, 1, 2);
    }

    private static String words(Told told) {
        return told.sequence() + " " + told.event().word();
    }
}
