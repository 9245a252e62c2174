package dev.gatemend.lab;

/**
 * What a problem's diagnosis holds to be its cause before all others, and how sure it is: the part
 * of an answer that can be right or wrong.
 *
 * @param cause its first finding
 * @param probability that it gives it, from 0 to 1
 * @param right the scenario's fault is of that cause; nothing is right in a control
 */
public record Claim(String cause, double probability, boolean right) {
    public Claim {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is from 0 to 1: " + probability);
        }
    }
}
