package dev.gatemend.diagnosis;

/** Text from outside, made short enough for a title or a sentence. */
public final class Excerpt {
    private static final int MOST_TITLE = 100;

    private Excerpt() {}

    /**
     * At most {@code most} characters on one line; what is cut off is shown as {@code ...}.
     *
     * @param most at least 4
     */
    public static String of(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most - 3) + "...";
    }

    /** A verdict in one line of at most 100 characters. */
    public static String title(String text) {
        return of(text, MOST_TITLE);
    }
}
