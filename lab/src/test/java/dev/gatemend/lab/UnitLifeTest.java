package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitLifeTest {
    @Test
    void isReadFromWhatSystemctlShows() {
        String output =
                """
                PIDFile=/run/nginx.pid
                NRestarts=2
                MainPID=81
                Id=nginx.service
                TriggeredBy=nginx.socket nginx.path
                ActiveEnterTimestampMonotonic=70123456

                Id=shop.socket
                ActiveEnterTimestampMonotonic=0
                """;

        assertThat(UnitLife.parse(output))
                .containsExactly(
                        new UnitLife(
                                "nginx.service",
                                70_123_456,
                                2,
                                81,
                                "/run/nginx.pid",
                                List.of("nginx.socket", "nginx.path")),
                        new UnitLife("shop.socket", 0, 0, 0, "", List.of()));
    }

    @Test
    void isNothingWhereNothingIsShown() {
        assertThat(UnitLife.parse("")).isEmpty();
        assertThat(UnitLife.parse("\n\nNRestarts=x\n")).isEmpty();
    }
}
