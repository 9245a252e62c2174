package dev.gatemend.lab;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a fault under a watcher.
 *
 * @param outage as clients of nginx met it
 * @param restarted the units that were started again after it broke, and how often
 * @param verdict on those
 */
public record Aftermath(
        Watcher watcher, Outage outage, Map<String, Integer> restarted, Verdict verdict) {
    public Aftermath {
        restarted = Collections.unmodifiableMap(new TreeMap<>(restarted));
    }

    /** What was started again, held against what mends it. */
    public enum Verdict {
        /** Units whose restart mends it, and no other. */
        RIGHT,
        /** A unit whose restart does not mend it. */
        WRONG,
        /** None. */
        NOTHING
    }

    /** With the verdict that follows. */
    static Aftermath of(
            Watcher watcher,
            Outage outage,
            Map<String, Integer> restarted,
            List<String> mendedByRestarting) {
        Verdict verdict =
                restarted.isEmpty()
                        ? Verdict.NOTHING
                        : mendedByRestarting.containsAll(restarted.keySet())
                                ? Verdict.RIGHT
                                : Verdict.WRONG;
        return new Aftermath(watcher, outage, restarted, verdict);
    }
}
