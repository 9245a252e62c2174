package dev.gatemend.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The catalogue against the shared one: ids, groups and who yields to whom. Run where the shared
 * directory lies.
 */
class CausesSharedCheck {
    @Test
    void everyCauseStandsInTheSharedCatalogue() throws IOException {
        Map<String, List<String>> shared = shared();

        assertThat(shared.keySet())
                .containsAll(Causes.all().stream().map(c -> c.info().id()).toList());
    }

    @Test
    void groupsAndYieldsToAreThoseOfTheSharedCatalogue() throws IOException {
        Map<String, List<String>> shared = shared();

        for (Cause cause : Causes.all()) {
            CauseInfo info = cause.info();
            List<String> columns = shared.getOrDefault(info.id(), List.of());
            assertThat(columns.get(1)).as(info.id()).endsWith(info.group().title());
            for (String special : info.yieldsTo()) {
                assertThat(columns.get(4)).as(info.id()).contains(special);
            }
        }
    }

    private static Map<String, List<String>> shared() throws IOException {
        Path file = Path.of(System.getProperty("gatemend.shared"), "causes.tsv");
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> List.of(line.split("\t")))
                .collect(Collectors.toMap(List::getFirst, columns -> columns));
    }
}
