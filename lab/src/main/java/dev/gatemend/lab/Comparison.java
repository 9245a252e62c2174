package dev.gatemend.lab;

import java.util.List;

/**
 * The same fault under each watcher.
 *
 * @param aftermaths one each, in the order of {@link Watcher}
 */
public record Comparison(Scenario scenario, List<Aftermath> aftermaths) {
    public Comparison {
        aftermaths = List.copyOf(aftermaths);
    }

    /** A restart of the right unit mends it. */
    public boolean mendedByRestarting() {
        return !scenario.restart().orElse(List.of()).isEmpty();
    }

    /** What came of it under one of them. */
    public Aftermath under(Watcher watcher) {
        return aftermaths.stream()
                .filter(aftermath -> aftermath.watcher() == watcher)
                .findFirst()
                .orElseThrow();
    }
}
