package dev.gatemend.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant by a word that does not exist. */
final class Likeness {
    /** More differences than a third of the word are another word. */
    private static final int SHARE = 3;

    private static final int LONGEST = 60;

    private Likeness() {}

    /** {@code ; did you mean X?} for the known word nearest to {@code word}, if one is near. */
    static Optional<String> suggestion(String word, List<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(
                        k ->
                                k.startsWith(word)
                                        || distance(word, k) <= Math.max(2, word.length() / SHARE))
                .min(Comparator.comparingInt(k -> distance(word, k)))
                .map(k -> "; did you mean " + k + "?");
    }

    /** Insertions, deletions and replacements between two words (Levenshtein). */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
