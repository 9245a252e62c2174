package dev.gatemend.diagnosis;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What ends a cause where no host was looked at: the catalogue {@code remedies.tsv}.
 *
 * @param now the smallest thing that ends it
 * @param toStay what keeps it away
 * @param command that would decide, with words in capitals for what is not known; empty for none
 */
record GeneralRemedies(String now, String toStay, String command) {
    private static final int COLUMNS = 4;

    private static final Map<String, GeneralRemedies> BY_CAUSE =
            Catalogue.rows("remedies.tsv", COLUMNS).stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    row -> row[0],
                                    row -> new GeneralRemedies(row[1], row[2], row[3])));

    /** Those of a cause; empty for one that the catalogue does not have. */
    static Optional<GeneralRemedies> of(String cause) {
        return Optional.ofNullable(BY_CAUSE.get(cause));
    }
}
