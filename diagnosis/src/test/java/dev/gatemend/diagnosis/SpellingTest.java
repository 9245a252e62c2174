package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void aSwappedPairIsOneSlip() {
        assertThat(Spelling.distance("bakcend", "backend")).isEqualTo(1);
    }

    @Test
    void theNearestNameIsMeant() {
        assertThat(Spelling.nearest("backnd", Stream.of("frontend", "backend")))
                .contains("backend");
    }

    @Test
    void nothingIsMeantByAShortWordOrTheNameItself() {
        assertThat(Spelling.nearest("db", Stream.of("dc"))).isEmpty();
        assertThat(Spelling.nearest("backend", Stream.of("backend"))).isEmpty();
        assertThat(Spelling.nearest("api", Stream.of("app1"))).isEmpty();
    }

    @Test
    void aNameTooLongForDnsIsNotCompared() {
        assertThat(Spelling.nearest("x".repeat(5000), Stream.of("x".repeat(5001)))).isEmpty();
    }
}
