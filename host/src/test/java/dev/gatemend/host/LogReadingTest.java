package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.Observation;
import dev.gatemend.nginx.log.RequestPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LogReadingTest {
    private static final String OLD = "2026/03/01 11:50:00 [error] 1#1: *1 old, client: 10.0.0.1\n";
    private static final String NEW = "2026/03/01 11:59:59 [error] 1#1: *2 new, client: 10.0.0.1\n";

    @Test
    void readsTheNewestPartWhenTheTimeIsUpBeforeTheEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();

        List<Observation> seen = read(() -> asked.incrementAndGet() > 4);

        assertThat(seen).anyMatch(o -> says(o, "new"));
        assertThat(seen)
                .filteredOn(o -> o.fact() instanceof LogScan)
                .singleElement()
                .satisfies(
                        o ->
                                assertThat(((LogScan) o.fact()).last())
                                        .contains(Instant.parse("2026-03-01T11:59:59Z")));
    }

    @Test
    void readsAllOfItInTime() throws Exception {
        List<Observation> seen = read(() -> false);

        assertThat(seen).anyMatch(o -> says(o, "old")).anyMatch(o -> says(o, "new"));
    }

    private static List<Observation> read(java.util.function.BooleanSupplier late)
            throws Exception {
        String log = OLD.repeat(60_000) + NEW.repeat(10);
        LogTarget target =
                new LogTarget(
                        Optional.empty(),
                        true,
                        new LogDestination.File("/x"),
                        List.of(),
                        RequestPlace.nowhere(),
                        Set.of());
        Observer observer =
                new Observer() {
                    @Override
                    public String name() {
                        return "logs";
                    }

                    @Override
                    public void look(Look look) throws java.io.IOException {
                        new LogReading(
                                        look,
                                        late,
                                        () -> false,
                                        LogReading.Shared.of(new LogZones(look, List.of())))
                                .scan(
                                        target,
                                        HeldLog.of(log.getBytes(StandardCharsets.UTF_8)),
                                        "/x",
                                        "/x");
                    }
                };
        return new Scene(java.nio.file.Path.of("/nowhere")).observations(observer);
    }

    private static boolean says(Observation observation, String word) {
        return observation.fact() instanceof ErrorGroup group
                && group.sample().message().contains(word);
    }
}
