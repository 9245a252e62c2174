package dev.gatemend.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the catalogue, its classes and their tests together. */
class CausesTest {
    private final List<CauseInfo> catalogue = Causes.all().stream().map(Cause::info).toList();

    @Test
    void theCatalogueIsInAlphabeticalOrderAndNamesNothingTwice() {
        assertThat(catalogue.stream().map(CauseInfo::id)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyCauseClassIsInTheCatalogue() throws Exception {
        assertThat(Causes.all().stream().map(c -> c.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(causeClasses());
    }

    @Test
    void aClassIsNamedAfterItsId() {
        for (Cause cause : Causes.all()) {
            assertThat(cause.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                    .isEqualTo(cause.info().id().replace("-", ""));
        }
    }

    @Test
    void everyCauseHasATestForItAndOneAgainstIt() throws Exception {
        for (Cause cause : Causes.all()) {
            Class<?> test = Class.forName(cause.getClass().getName() + "Test");
            List<String> sentences =
                    Stream.of(test.getDeclaredMethods()).map(m -> m.getName()).toList();

            assertThat(sentences).as(test.getSimpleName()).anyMatch(s -> s.startsWith("speaks"));
            assertThat(sentences)
                    .as(test.getSimpleName())
                    .anyMatch(s -> s.startsWith("staysSilent") || s.startsWith("isRuledOut"));
        }
    }

    @Test
    void everyEntrySaysWhatADocsPageNeeds() {
        for (CauseInfo info : catalogue) {
            assertThat(info.summary()).as(info.id()).isNotBlank().doesNotEndWith(".");
            assertThat(info.description()).as(info.id()).hasSizeGreaterThan(80);
            assertThat(info.toldApart()).as(info.id()).isNotBlank();
            assertThat(info.yieldsTo()).as(info.id()).doesNotContain(info.id());
        }
    }

    private static List<String> causeClasses() throws IOException, URISyntaxException {
        Path directory =
                Path.of(Objects.requireNonNull(Causes.class.getResource("Causes.class")).toURI())
                        .getParent();
        try (Stream<Path> classes = Files.list(directory)) {
            return classes.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith(".class") && !n.contains("$"))
                    .map(n -> n.substring(0, n.length() - ".class".length()))
                    .filter(CausesTest::isCause)
                    .toList();
        }
    }

    private static boolean isCause(String name) {
        try {
            return Cause.class.isAssignableFrom(
                    Class.forName(Causes.class.getPackageName() + "." + name));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
