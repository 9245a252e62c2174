package dev.gatemend.cli;

import dev.gatemend.lab.Calibration;
import java.util.Locale;

/**
 * A reliability plot as an SVG image: how sure claims were, from left to right, and which part of
 * them was right, upwards. On the diagonal probabilities mean what they say; above it they say too
 * little, below it too much. The area of a disc is the number of its claims; below it stands how
 * many of them were right.
 */
final class ReliabilityPlot {
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int SIDE = 400;
    private static final int STEPS = 10;

    /** A disc for all claims has this radius, so that it covers neither axis. */
    private static final double LARGEST = 30;

    /** A single claim among many is still to be seen. */
    private static final double SMALLEST = 3;

    private final StringBuilder image = new StringBuilder();

    private ReliabilityPlot() {}

    static String of(Calibration calibration) {
        ReliabilityPlot plot = new ReliabilityPlot();
        plot.axes();
        calibration.bins().stream()
                .filter(bin -> bin.claims() > 0)
                .forEach(bin -> plot.disc(bin, calibration.claims()));
        return plot.image.append("</svg>\n").toString();
    }

    private void axes() {
        draw(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 500 510\" width=\"500\""
                        + " height=\"510\" font-family=\"sans-serif\" font-size=\"12\">");
        draw("<title>Reliability: how sure, and how often right</title>");
        draw("<rect width=\"500\" height=\"510\" fill=\"white\"/>");
        for (int i = 0; i <= STEPS; i += 2) {
            double share = (double) i / STEPS;
            line(share, 0, share, 1, "#ddd");
            line(0, share, 1, share, "#ddd");
            text(x(share), TOP + SIDE + 18, "middle", number(share));
            text(LEFT - 8, y(share) + 4, "end", number(share));
        }
        line(0, 0, 1, 1, "#888");
        text(x(0.5), TOP + SIDE + 45, "middle", "probability that the first finding was given");
        draw(
                "<text transform=\"translate(18 240) rotate(-90)\" text-anchor=\"middle\">"
                        + "share of them that was right</text>");
    }

    private void disc(Calibration.Bin bin, int all) {
        double radius = Math.max(SMALLEST, LARGEST * Math.sqrt((double) bin.claims() / all));
        draw(
                String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1b6ca8\""
                                + " fill-opacity=\"0.6\"/>",
                        x(bin.sure()),
                        y(bin.shareRight()),
                        radius));
        text(
                x(bin.sure()),
                y(bin.shareRight()) + radius + 14,
                "middle",
                bin.right() + "/" + bin.claims());
    }

    private void line(double fromX, double fromY, double toX, double toY, String colour) {
        draw(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                        x(fromX),
                        y(fromY),
                        x(toX),
                        y(toY),
                        colour));
    }

    private void text(double x, double y, String anchor, String words) {
        draw(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                        x,
                        y,
                        anchor,
                        words));
    }

    private void draw(String element) {
        image.append(element).append('\n');
    }

    private static double x(double share) {
        return LEFT + SIDE * share;
    }

    private static double y(double share) {
        return TOP + SIDE * (1 - share);
    }

    private static String number(double share) {
        return String.format(Locale.ROOT, "%.1f", share);
    }
}
