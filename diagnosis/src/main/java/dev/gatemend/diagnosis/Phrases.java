package dev.gatemend.diagnosis;

import java.util.List;

/** The catalogue {@code phrases.tsv}, read when the first text is judged. */
final class Phrases {
    private static final List<Phrase> ALL =
            Catalogue.rows("phrases.tsv", Phrase.COLUMNS).stream().map(Phrase::of).toList();

    private Phrases() {}

    static List<Phrase> all() {
        return ALL;
    }
}
