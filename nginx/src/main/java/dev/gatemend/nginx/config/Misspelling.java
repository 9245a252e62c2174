package dev.gatemend.nginx.config;

/** One slip of the finger between two words. */
final class Misspelling {
    private Misspelling() {}

    /** One letter missing, added or changed, or two neighbours swapped. */
    static boolean isOneAway(String a, String b) {
        int difference = a.length() - b.length();
        if (difference < -1 || difference > 1) {
            return false;
        }
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        if (difference == 0) {
            return start < a.length()
                    && (sameFrom(a, start + 1, b, start + 1) || isSwapped(a, b, start));
        }
        return difference > 0 ? sameFrom(a, start + 1, b, start) : sameFrom(a, start, b, start + 1);
    }

    private static boolean isSwapped(String a, String b, int at) {
        return at + 1 < a.length()
                && a.charAt(at) == b.charAt(at + 1)
                && a.charAt(at + 1) == b.charAt(at)
                && sameFrom(a, at + 2, b, at + 2);
    }

    private static boolean sameFrom(String a, int atA, String b, int atB) {
        return a.length() - atA == b.length() - atB
                && a.regionMatches(atA, b, atB, a.length() - atA);
    }
}
