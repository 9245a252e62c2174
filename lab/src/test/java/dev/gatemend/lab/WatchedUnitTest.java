package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedUnitTest {
    private static final List<String> TCP =
            List.of(
                    "LISTEN 0 128 127.0.0.1:8000 0.0.0.0:* users:((\"python3\",pid=55,fd=3))",
                    "LISTEN 0 511 127.0.0.1:80 0.0.0.0:* users:((\"nginx\",pid=61,fd=5),"
                            + "(\"nginx\",pid=60,fd=5))");
    private static final List<String> UNIX =
            List.of(
                    "u_str LISTEN 0 128 /run/shop.sock 2101 * 0 users:((\"gunicorn\",pid=55,fd=4))",
                    "u_str LISTEN 0 128 /run/systemd/private 11 * 0 users:((\"systemd\",pid=1,fd=9))");

    @Test
    void listensWhereItsMainProcessDoes() {
        assertThat(WatchedUnit.listens(TCP, UNIX, 55))
                .containsExactly("127.0.0.1:8000", "/run/shop.sock");
        assertThat(WatchedUnit.listens(TCP, UNIX, 60)).containsExactly("127.0.0.1:80");
    }

    @Test
    void listensNowhereWhenAnotherProcessDoes() {
        assertThat(WatchedUnit.listens(TCP, UNIX, 5)).isEmpty();
        assertThat(WatchedUnit.listens(List.of("", "pid=5,"), UNIX, 5)).isEmpty();
    }
}
