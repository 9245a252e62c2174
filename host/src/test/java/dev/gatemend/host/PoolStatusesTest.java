package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import dev.gatemend.model.KeptProgram.StatusPage;
import dev.gatemend.model.PoolStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolStatusesTest {
    /** What php-fpm 8.2 answered, shortened. */
    private static final String STATUS =
            "Content-type: application/json\r\n\r\n{\"pool\":\"www\",\"listen queue\":3,"
                    + "\"idle processes\":1,\"active processes\":4,\"max children reached\":2}";

    private final PoolStatuses observer = new PoolStatuses();

    @TempDir Path root;

    @Test
    void readsTheStatusPageOfAPool() throws Exception {
        try (ScriptedServer pool =
                ScriptedServer.start(
                        c -> {
                            c.hear();
                            c.say(
                                    output(STATUS.substring(0, 40), 3)
                                            + output(STATUS.substring(40), 0)
                                            + end());
                        })) {
            assertThat(statuses(pool, running(pool, Optional.of("/status"))))
                    .singleElement()
                    .extracting(PoolStatus::children)
                    .isEqualTo(Optional.of(new PoolStatus.Children(4, 1, 3, 2)));
            assertThat(pool.received.getFirst())
                    .startsWith("\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0\1\4\0\1")
                    .contains("\16\3REQUEST_METHODGET", "\13\7SCRIPT_NAME/status")
                    .endsWith("\1\5\0\1\0\0\0\0");
        }
    }

    /** That no child takes the request is an observation. */
    @Test
    void saysThatNoAnswerCame() throws Exception {
        try (ScriptedServer pool = ScriptedServer.start(c -> c.outwait())) {
            assertThat(statuses(pool, running(pool, Optional.of("/status"))))
                    .singleElement()
                    .extracting(PoolStatus::children)
                    .isEqualTo(Optional.empty());
        }
    }

    @Test
    void asksNoPoolWithoutAStatusPage() throws Exception {
        try (ScriptedServer pool = ScriptedServer.start(c -> c.hear())) {
            assertThat(statuses(pool, running(pool, Optional.empty()))).isEmpty();
            assertThat(pool.received).isEmpty();
        }
    }

    @Test
    void asksNoPoolThatNoSitePassesTo() throws Exception {
        try (ScriptedServer pool = ScriptedServer.start(c -> c.hear())) {
            Scene scene =
                    new Scene(root)
                            .seen(
                                    Given.peers("127.0.0.1:1"),
                                    running(pool, Optional.of("/status")));

            assertThat(scene.facts(observer, PoolStatus.class)).isEmpty();
            assertThat(pool.received).isEmpty();
        }
    }

    @Test
    void survivesWhatIsNoFastCgi() throws Exception {
        for (String junk :
                List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "\1\6", output("{", 0) + end())) {
            try (ScriptedServer pool =
                    ScriptedServer.start(
                            c -> {
                                c.hear();
                                c.say(junk);
                            })) {
                assertThat(statuses(pool, running(pool, Optional.of("/status")))).isEmpty();
            }
        }
    }

    private List<PoolStatus> statuses(ScriptedServer server, KeptProgram pool) throws Exception {
        return new Scene(root)
                .seen(Given.peers(server.address()), pool)
                .facts(observer, PoolStatus.class);
    }

    private static KeptProgram running(ScriptedServer server, Optional<String> path) {
        return new KeptProgram(
                Keeper.PHP_FPM,
                "www",
                State.RUNNING,
                "PHP-FPM runs",
                List.of(server.address()),
                "/etc/php/8.2/fpm/pool.d/www.conf",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                path.map(p -> new StatusPage(p, Optional.empty())));
    }

    private static String output(String text, int padding) {
        return "\1\6\0\1\0"
                + (char) text.length()
                + (char) padding
                + "\0"
                + text
                + "\0".repeat(padding);
    }

    private static String end() {
        return "\1\3\0\1\0\10\0\0\0\0\0\0\0\0\0\0";
    }
}
