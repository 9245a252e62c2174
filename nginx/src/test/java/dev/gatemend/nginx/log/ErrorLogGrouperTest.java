package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorLogGrouperTest {
    private static final String TAIL =
            ", client: 203.0.113.7, server: shop.example, request: \"GET / HTTP/1.1\", host: \"shop.example\"";

    @Test
    void twoNamesThatCannotBeResolvedAreTwoGroups() {
        assertThat(
                        groups(
                                "*1 a.internal could not be resolved (3: Host not found)" + TAIL,
                                "*2 b.internal could not be resolved (3: Host not found)" + TAIL,
                                "*3 b.internal could not be resolved (3: Host not found)" + TAIL))
                .extracting(ErrorGroup::count)
                .containsExactly(2L, 1L);
    }

    @Test
    void aWarningOfPhpDoesNotHideAFatalError() {
        assertThat(
                        groups(
                                stderr("PHP message: PHP Warning:  Undefined variable $x"),
                                stderr("PHP message: PHP Fatal error:  Uncaught Error: boom")))
                .hasSize(2);
    }

    @Test
    void aThousandMadeUpNamesDoNotPushOtherTroubleOut() {
        ErrorLogGrouper grouper = grouper();
        for (int i = 0; i < 3 * ErrorLogGrouper.MOST_GROUPS; i++) {
            add(grouper, "*1 n" + i + ".example could not be resolved (3: Host not found)" + TAIL);
        }

        add(
                grouper,
                "*2 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: shop.example, request: \"GET / HTTP/1.1\", upstream: \"http://127.0.0.1:8000/\", host: \"shop.example\"");

        assertThat(grouper.groups(Long::toString))
                .anyMatch(g -> g.id().equals("connect-failed-econnrefused"));
        assertThat(grouper.overflowed()).isZero();
    }

    private static String stderr(String text) {
        return "*1 FastCGI sent in stderr: \""
                + text
                + "\" while reading response header from upstream"
                + TAIL;
    }

    private static List<ErrorGroup> groups(String... messages) {
        ErrorLogGrouper grouper = grouper();
        for (String message : messages) {
            add(grouper, message);
        }
        return grouper.groups(Long::toString);
    }

    private static void add(ErrorLogGrouper grouper, String message) {
        String line = "2026/11/21 12:00:00 [error] 8#8: " + message;
        grouper.add(
                ErrorLogGrammar.parse(line).orElseThrow(),
                Optional.of(Instant.parse("2026-11-21T12:00:00Z")),
                0);
    }

    private static ErrorLogGrouper grouper() {
        return new ErrorLogGrouper(
                new LogQuestion(
                        8,
                        "error.log",
                        ZoneOffset.UTC,
                        Window.endingAt(Instant.parse("2026-11-21T12:10:00Z"), Duration.ofHours(1)),
                        RequestPlace.nowhere(),
                        Set.of(),
                        new ScanLimits(1 << 20, () -> false)));
    }
}
