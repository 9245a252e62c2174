package dev.gatemend.watch;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether failures are one client's or one URI's alone: then all others are answered, and the
 * matter is a smaller one. Bounded; not thread-safe.
 */
final class Concentration {
    /** More different ones than this are not alone. */
    private static final int MOST = 16;

    /** Answers to others, until which nobody is alone: one may come late. */
    private static final int ENOUGH_OTHERS = 3;

    private final String what;
    private final Set<String> failing = new HashSet<>();
    private int others;

    /**
     * @param what {@code client}, {@code URI}
     */
    Concentration(String what) {
        this.what = what;
    }

    void failed(String which) {
        if (failing.size() < MOST) {
            failing.add(which);
        }
    }

    void answered(String which) {
        if (!which.isEmpty() && !failing.contains(which)) {
            others = Math.min(others + 1, ENOUGH_OTHERS);
        } else if (!which.isEmpty()) {
            others = 0;
        }
    }

    /** {@code only for the URI /export}; empty when it fails for others, or nobody else asked. */
    Optional<String> sentence() {
        return failing.stream()
                .filter(which -> !which.isEmpty())
                .filter(_ -> failing.size() == 1 && others >= ENOUGH_OTHERS)
                .map(which -> "only for the " + what + " " + which)
                .findFirst();
    }
}
