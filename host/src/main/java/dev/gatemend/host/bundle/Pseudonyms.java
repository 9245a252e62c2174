package dev.gatemend.host.bundle;

import java.util.HashMap;
import java.util.Map;

/** Numbered words for things that must not be told; the same word for the same thing. */
final class Pseudonyms {
    private final String word;
    private final Map<String, String> known = new HashMap<>();

    Pseudonyms(String word) {
        this.word = word;
    }

    /** As in {@code [redacted-3]}. */
    String of(String thing) {
        int next = known.size() + 1;
        return known.computeIfAbsent(thing, _ -> "[" + word + "-" + next + "]");
    }

    int count() {
        return known.size();
    }
}
