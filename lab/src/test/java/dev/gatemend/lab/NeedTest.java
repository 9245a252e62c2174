package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeedTest {
    @Test
    void ofProgramsWithAVersionInTheirNameTheNewestIsTaken() {
        assertThat(
                        Need.newest(
                                Stream.of("php-fpm7.4", "php-fpm8.10", "php-fpm8.4", "php-fpm")
                                        .map(name -> Path.of("/usr/sbin", name))))
                .contains(Path.of("/usr/sbin/php-fpm8.10"));
        assertThat(Need.newest(Stream.of())).isEmpty();
    }
}
