package dev.gatemend.lab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts which units were started again after something broke, by what systemd says of them before
 * and after. What the breaking itself starts does not count.
 */
final class Restarts {
    private final Map<String, Long> activeBefore = new HashMap<>();
    private final Map<String, Long> automaticBefore = new HashMap<>();
    private final Map<String, Set<Long>> activeAfter = new HashMap<>();
    private final Map<String, Long> automaticAfter = new HashMap<>();

    /**
     * Begins to count.
     *
     * @param broken what systemd said once it was broken
     * @param automatic what it said when its automatic restarts began to count: before the break
     *     where those are what is watched for, since they may be done before anybody looks
     */
    Restarts(List<UnitLife> broken, List<UnitLife> automatic) {
        broken.forEach(unit -> activeBefore.put(unit.name(), unit.activeSince()));
        automatic.forEach(unit -> automaticBefore.put(unit.name(), unit.automaticRestarts()));
    }

    /** Says what systemd says now; the more often, the better the count. */
    void saw(List<UnitLife> units) {
        for (UnitLife unit : units) {
            if (unit.activeSince() > activeBefore.getOrDefault(unit.name(), 0L)) {
                activeAfter
                        .computeIfAbsent(unit.name(), _ -> new HashSet<>())
                        .add(unit.activeSince());
            }
            automaticAfter.merge(unit.name(), unit.automaticRestarts(), Math::max);
        }
    }

    /** How often each was, by name; those that were not are left out. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        automaticAfter.forEach(
                (name, automatic) -> {
                    long again = automatic - automaticBefore.getOrDefault(name, 0L);
                    int seen = activeAfter.getOrDefault(name, Set.of()).size();
                    if (Math.max(again, seen) > 0) {
                        counts.put(name, (int) Math.max(again, seen));
                    }
                });
        return counts;
    }
}
