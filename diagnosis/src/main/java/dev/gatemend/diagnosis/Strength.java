package dev.gatemend.diagnosis;

/**
 * How much a piece of evidence moves belief, as the natural logarithm of how many times likelier it
 * is to be seen when the cause is true than when it is not. Four steps, because nobody can tell 20
 * from 25.
 */
public enum Strength {
    /** About 2 to 3 times likelier: fits, as it fits others. */
    WEAK(1),
    /** About 7 times likelier. */
    MODERATE(2),
    /** About 50 times likelier: seldom seen without the cause. */
    STRONG(4),
    /** About 400 times likelier: next to proof. */
    DECISIVE(6);

    private final double weight;

    Strength(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }
}
