package dev.gatemend.lab;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether probabilities mean what they say: of the claims made with 0.7, seven of ten should be
 * right. Claims are sorted into ten bins of equal width, as in Guo et al., <em>On Calibration of
 * Modern Neural Networks</em> (2017), section 2.
 *
 * @param bins ten, from the least sure one to the surest; those without claims among them
 */
public record Calibration(List<Bin> bins) {
    private static final int BINS = 10;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Claims of about the same probability.
     *
     * @param from the lowest probability in it
     * @param to where the next bin begins; the last one holds 1 as well
     * @param claims how many
     * @param right how many of them
     * @param sure their mean probability; 0 of none
     */
    public record Bin(double from, double to, int claims, int right, double sure) {
        /** Which part of its claims is right; 0 of none. */
        public double shareRight() {
            return claims == 0 ? 0 : (double) right / claims;
        }
    }

    /** Of these claims, in whatever order. */
    public static Calibration of(Collection<Claim> claims) {
        return new Calibration(
                IntStream.range(0, BINS)
                        .mapToObj(i -> bin(i, claims.stream().filter(c -> of(c) == i).toList()))
                        .toList());
    }

    private static int of(Claim claim) {
        return Math.min((int) (claim.probability() * BINS), BINS - 1);
    }

    private static Bin bin(int index, List<Claim> claims) {
        return new Bin(
                (double) index / BINS,
                (double) (index + 1) / BINS,
                claims.size(),
                (int) claims.stream().filter(Claim::right).count(),
                claims.stream().mapToDouble(Claim::probability).average().orElse(0));
    }

    /** How many claims there are. */
    public int claims() {
        return bins.stream().mapToInt(Bin::claims).sum();
    }

    /** How many of them are right. */
    public int right() {
        return bins.stream().mapToInt(Bin::right).sum();
    }

    /** The mean probability of all claims; 0 of none. */
    public double sure() {
        return mean(Bin::sure);
    }

    /**
     * The expected calibration error: how far the share that is right lies from the mean
     * probability, in the mean over the bins, each weighed by its claims. From 0 to 1; 0 of no
     * claims.
     */
    public double expectedError() {
        return mean(bin -> Math.abs(bin.shareRight() - bin.sure()));
    }

    private double mean(ToDoubleFunction<Bin> of) {
        int claims = claims();
        return claims == 0
                ? 0
                : bins.stream().mapToDouble(bin -> bin.claims() * of.applyAsDouble(bin)).sum()
                        / claims;
    }
}
