package dev.gatemend.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Setting OLD = new Setting("a", List.of("1"), Optional.empty());
    private static final Setting NEW = new Setting("a", List.of("2"), Optional.empty());

    @Test
    void anInnerLevelKnowsWhatItAddsToWhich() {
        Settings outer = Settings.of(List.of(OLD));
        Settings inner = outer.with(Map.of("a", List.of(NEW)));

        assertThat(inner.value("a")).contains("2");
        assertThat(inner.own()).isEqualTo(Map.of("a", List.of(NEW)));
        assertThat(inner.outer().orElseThrow()).isSameAs(outer);
        assertThat(outer.outer()).isEmpty();
        assertThat(outer.own()).isEqualTo(Map.of("a", List.of(OLD)));
    }

    @Test
    void aNameWithoutSettingsHidesTheOuterOnes() {
        Settings inner = Settings.of(List.of(OLD)).with(Map.of("a", List.of()));

        assertThat(inner.value("a")).isEmpty();
        assertThat(inner.byName()).isEmpty();
        assertThat(inner.own()).containsOnlyKeys("a");
    }

    @Test
    void levelsAreEqualWhenTheSameIsInEffect() {
        Settings layered = Settings.of(List.of(OLD)).with(Map.of("a", List.of(NEW)));

        assertThat(layered).isEqualTo(Settings.of(List.of(NEW)));
    }
}
