package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NginxVersionsTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "from 1.23.0,               1.23.0,  true",
        "from 1.23.0,               1.22.1,  false",
        "before 1.29.7,             1.29.6,  true",
        "before 1.29.7,             1.29.7,  false",
        "from 1.23.0 before 1.29.7, 1.26.3,  true",
        "from 1.23.0 before 1.29.7, 1.30.6,  false",
        "from 1.23.0,               unknown, false"
    })
    void admitThoseBetween(String text, String version, boolean admitted)
            throws IOException, InterruptedException {
        NginxVersions versions = NginxVersions.parse(text).orElseThrow();

        assertThat(versions.against(nginx(version)).isEmpty()).isEqualTo(admitted);
        assertThat(versions).hasToString(text);
    }

    @Test
    void sayWhatTheyWantAndWhatIsThere() throws IOException, InterruptedException {
        assertThat(NginxVersions.parse("from 1.23.0").orElseThrow().against(nginx("1.22.1")))
                .contains("nginx from 1.23.0, and this is 1.22.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.23.0", ">= 1.23.0", "from 1.23", "before 1.29.7 from 1.23.0"})
    void areNothingElse(String text) {
        assertThat(NginxVersions.parse(text)).isEmpty();
    }

    private Path nginx(String version) throws IOException {
        Path binary = directory.resolve("nginx");
        Files.writeString(binary, "#!/bin/sh\necho nginx version: nginx/" + version + " >&2\n");
        assertThat(binary.toFile().setExecutable(true)).isTrue();
        return binary;
    }
}
