package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "WORKER TIMEOUT # worker timeout",
                "(?i)\\bfoo\\b.{0,30}\\blonger word # longer word",
                "a(?:lpha)+b # lpha",
                "(?i:Hello)\\s+x # hello",
                "x\\.conf\\d # x.conf",
                "(?<!nginx\\.service: )Main process # main process",
                "Ooops+ # ooops"
            })
    void whatEveryMatchHoldsIsNeeded(String regex, String literal) {
        assertThat(Literals.of(regex.strip())).contains(literal.strip());
    }

    @Test
    void ofAlternativesOneIsNeeded() {
        assertThat(Literals.of("(?i)disk full|no (?:space|room) left"))
                .contains("disk full")
                .hasSize(2);
        assertThat(Literals.of("\\b(?:alpha|beta)\\b")).isEqualTo(Set.of("alpha", "beta"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d+",
                "(?:abc)?",
                "(?:abc|)",
                "abc|\\d",
                "(?=abc)",
                "(?!abc)x?",
                "[abc]{3}",
                "a{0,3}",
                "abc)",
                "│",
                "(?:abc){0,2}",
                "(?<=abc)\\d"
            })
    void whatMayBeLeftOutIsNotNeeded(String regex) {
        assertThat(Literals.of(regex)).isEmpty();
    }

    @Test
    void noPhraseIsLostToIt() {
        List<String> lines =
                Catalogue.rows("phrases.tsv", Phrase.COLUMNS).stream()
                        .flatMap(row -> List.of(row[5].split("\\|")).stream())
                        .map(
                                part ->
                                        part.replaceAll("\\\\b|\\(\\?i\\)|\\(\\?:|[()]", "")
                                                .replace("\\", ""))
                        .toList();

        for (Phrase phrase : Phrases.all()) {
            for (String line : lines) {
                if (phrase.words().matcher(line).find()) {
                    assertThat(Literals.mayMatch(phrase.needed(), Literals.small(line)))
                            .as("%s in %s", phrase.words(), line)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void mostPhrasesNeedSomething() {
        assertThat(Phrases.all().stream().filter(p -> !p.needed().isEmpty()).count())
                .isGreaterThan(Phrases.all().size() * 3L / 4);
    }

    @Test
    void deepAndBrokenExpressionsEndSoon() {
        assertThat(Literals.of("(".repeat(200) + "abc" + ")".repeat(200))).containsExactly("abc");
        assertThat(Literals.of("[" + "a".repeat(500))).isEmpty();
        assertThat(Literals.of("abc\\")).isNotNull();
    }
}
