package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final String ID = "I-20261122090000000";

    @TempDir Path parent;
    private Path directory = Path.of("");

    @BeforeEach
    void choose() {
        directory = parent.resolve("state");
    }

    @Test
    void givesBackAnIncidentAsItWas() throws Exception {
        Incident.Open open =
                Incident.open(ID, IncidentsTest.alarm(), NOW)
                        .diagnosed(IncidentsTest.verdict("app-not-running", 0.9), NOW);
        Incident.Open again =
                open.resolved("well again", NOW.plusSeconds(1))
                        .reopened(IncidentsTest.alarm(), NOW.plusSeconds(2));
        try (Store store = Store.open(directory)) {
            store.save(Optional.of(open), List.of(), List.of("a", "b"));
            store.save(Optional.of(again), List.of(), List.of("c"));
        }

        try (Store store = Store.read(directory)) {
            assertThat(store.incident(ID)).contains(again);
            assertThat(store.incidents(10)).containsExactly(again);
            assertThat(store.lines(ID)).containsExactly("a", "b", "c");
            assertThat(store.lastId()).isEqualTo(ID);
        }
    }

    @Test
    void whatWasSavedIsThereWithoutBeingClosed() throws Exception {
        Incident.Open open = Incident.open(ID, IncidentsTest.alarm(), NOW);
        Told told = Told.of(new WatchEvent.Opened(NOW, open.story(), "why"), 7);
        Store killed = Store.open(directory);
        killed.save(Optional.of(open), List.of(told), List.of());

        try (Store store = Store.open(directory)) {
            assertThat(store.unfinished(NOW)).containsExactly(open);
            assertThat(store.lastSequence()).isEqualTo(7);
            assertThat(store.events(ID)).containsExactly(told.document());
        }
        killed.close();
    }

    @Test
    void anEventThatIsThereAlreadyIsKeptOnceAndKeepsNothingBack() throws Exception {
        Incident.Open open = Incident.open(ID, IncidentsTest.alarm(), NOW);
        Told told = Told.of(new WatchEvent.Opened(NOW, open.story(), "why"), 7);
        try (Store store = Store.open(directory)) {
            store.save(Optional.empty(), List.of(told), List.of());

            store.save(Optional.of(open), List.of(told), List.of());

            assertThat(store.incidents(10)).containsExactly(open);
            assertThat(store.events(ID)).hasSize(1);
        }
    }

    @Test
    void forgetsWhatIsOverForLongWhenItTakesUp() throws Exception {
        Incident over =
                Incident.open(ID, IncidentsTest.alarm(), NOW).resolved("well", NOW.plusSeconds(9));
        try (Store store = Store.open(directory)) {
            store.save(Optional.of(over), List.of(), List.of());

            assertThat(store.unfinished(NOW.plusSeconds(9))).containsExactly(over);
            assertThat(store.unfinished(NOW.plusSeconds(10))).isEmpty();
        }
    }

    @Test
    void keepsABoundedNumberOfLinesAndTheFirstBundle() throws Exception {
        Incident.Open open = Incident.open(ID, IncidentsTest.alarm(), NOW);
        List<String> lines =
                java.util.stream.IntStream.range(0, 150).mapToObj(i -> "" + i).toList();
        try (Store store = Store.open(directory)) {
            store.save(Optional.of(open), List.of(), lines);
            store.save(Optional.of(open), List.of(), lines);
            store.saveBundle(ID, NOW, new byte[] {1});
            store.saveBundle(ID, NOW, new byte[] {2});

            assertThat(store.lines(ID)).hasSize(200);
        }
    }

    @Test
    void isReadWhileItIsWritten() throws Exception {
        Incident.Open open = Incident.open(ID, IncidentsTest.alarm(), NOW);
        try (Store writer = Store.open(directory);
                Store reader = Store.read(directory)) {
            writer.save(Optional.of(open), List.of(), List.of());

            assertThat(reader.incidents(10)).containsExactly(open);
        }
    }

    @Test
    void isItsOwnersAlone() throws Exception {
        Store.open(directory).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("gatemend.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhatToDoWhereThereIsNone() {
        assertThatThrownBy(() -> Store.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gatemend watch writes it");
    }
}
