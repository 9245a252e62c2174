package dev.gatemend.diagnosis;

import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;

/** The catalogue {@code phrases.tsv}, read when the first text is judged. */
final class Phrases {
    private static final List<Phrase> ALL =
            Catalogue.rows("phrases.tsv", Phrase.COLUMNS).stream().map(Phrase::of).toList();

    private Phrases() {}

    static List<Phrase> all() {
        return ALL;
    }

    /** Words that were found, and what they say. */
    record Found(Phrase phrase, Clue clue) {}

    /** All that the texts hold, each phrase once a text. */
    static List<Found> in(List<GivenText> texts) {
        List<Phrase.Text> given = texts.stream().map(Phrase.Text::of).toList();
        return ALL.stream()
                .flatMap(
                        phrase ->
                                given.stream()
                                        .map(phrase::in)
                                        .flatMap(Optional::stream)
                                        .map(clue -> new Found(phrase, clue)))
                .toList();
    }
}
