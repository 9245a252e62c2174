package dev.gatemend.diagnosis;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Which known name somebody may have meant. */
public final class Spelling {
    /** The longest a host name may be (RFC 1035); longer words are not compared. */
    private static final int MOST = 253;

    private Spelling() {}

    /**
     * The known name closest to {@code written}, at most one slip in each three letters and never
     * more than two away; the name itself is never meant.
     */
    public static Optional<String> nearest(String written, Stream<String> known) {
        return nearest(written, known, Math.min(2, written.length() / 3));
    }

    /** The known word closest to {@code written}, at most so many slips away. */
    public static Optional<String> nearest(String written, Stream<String> known, int most) {
        if (written.length() > MOST) {
            return Optional.empty();
        }
        return known.distinct()
                .filter(name -> name.length() <= MOST && !name.equals(written))
                .filter(name -> distance(written, name) <= most)
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** One letter more, less, other or swapped with its neighbour. */
    public static boolean isOneSlip(String one, String other) {
        return one.length() <= MOST && other.length() <= MOST && distance(one, other) == 1;
    }

    /** Levenshtein's distance, with two swapped neighbours counted as one slip. */
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = cost(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int cost(int[][] cost, String one, String other, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        boolean swapped =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
