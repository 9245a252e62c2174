package dev.gatemend.cli;

import java.util.Locale;

/** Numbers of an SVG, short, and bars that are drawn in several places. */
final class Shape {
    private static final int BAR_HEIGHT = 10;

    private Shape() {}

    static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number).replaceFirst("\\.?0+$", "");
    }

    static String percent(double number) {
        return number(number) + "%";
    }

    /** One piece of a bar. */
    record Piece(String style, double from, double length) {}

    /**
     * A bar of pieces, from 0 to 1 of its width.
     *
     * @param said for whoever cannot see it
     */
    static void bar(Html html, String said, Iterable<Piece> pieces) {
        html.in(
                "svg",
                () -> pieces.forEach(piece -> draw(html, piece)),
                "class",
                "bar",
                "role",
                "img",
                "aria-label",
                said,
                "width",
                "100%",
                "height",
                Integer.toString(BAR_HEIGHT));
    }

    /** What is not nothing is seen: at least a pixel on most screens. */
    private static void draw(Html html, Piece piece) {
        html.in(
                "rect",
                () -> {},
                "class",
                piece.style(),
                "x",
                percent(piece.from() * 100),
                "y",
                "0",
                "width",
                percent(Math.max(0.5, piece.length() * 100)),
                "height",
                Integer.toString(BAR_HEIGHT));
    }
}
