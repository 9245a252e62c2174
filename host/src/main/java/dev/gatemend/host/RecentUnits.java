package dev.gatemend.host;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services that were started, stopped or fell over within the window. An application's unit need
 * not name the address it listens on, and once its process is gone, that its run ended when the
 * failures began is all that ties them.
 */
final class RecentUnits {
    private static final int MOST = 8;
    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final String CHANGED = "StateChangeTimestampMonotonic";

    private record Change(String unit, Instant at) {}

    private RecentUnits() {}

    /** The newest first. What runs once and ends (oneshot) is no application that serves. */
    static List<String> of(Look look, Boot boot) throws IOException, InterruptedException {
        List<String> command =
                List.of("systemctl", "show", "--property=Id,Type," + CHANGED, "--", "*.service");
        List<Change> changes = new ArrayList<>();
        for (ShownUnit unit : ShownUnit.read(look.host().commands().run(LIMIT, command).output())) {
            change(unit.values(), boot)
                    .filter(c -> !c.at().isBefore(look.request().window().from()))
                    .ifPresent(changes::add);
        }
        return changes.stream()
                .sorted(Comparator.comparing(Change::at).reversed())
                .limit(MOST)
                .map(Change::unit)
                .toList();
    }

    private static Optional<Change> change(Map<String, List<String>> values, Boot boot) {
        String micros = values.getOrDefault(CHANGED, List.of("")).getFirst();
        String type = values.getOrDefault("Type", List.of("")).getFirst();
        String unit = values.getOrDefault("Id", List.of("")).getFirst();
        return micros.matches("[1-9]\\d{0,17}") && !unit.isEmpty() && !type.equals("oneshot")
                ? Optional.of(
                        new Change(unit, boot.at().plus(Long.parseLong(micros), ChronoUnit.MICROS)))
                : Optional.empty();
    }
}
