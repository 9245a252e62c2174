package dev.gatemend.model;

import java.util.List;

/**
 * A cause judged against one symptom.
 *
 * @param cause id in the catalogue
 * @param probability 0 to 1
 * @param title the verdict in one line, naming the culprit
 * @param explanation a few sentences
 * @param wontHelp popular fixes that do not help here, each a short phrase
 */
public record Finding(
        String cause,
        double probability,
        String title,
        String explanation,
        List<Evidence> evidence,
        List<Remedy> remedies,
        List<String> wontHelp) {
    public Finding {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "a probability lies between 0 and 1: " + probability);
        }
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
        wontHelp = List.copyOf(wontHelp);
    }
}
