package dev.gatemend.nginx.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Version;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nginx refuses is refused at the same line, in its words or better ones. */
class RefusalTest {
    private static final String LONG = "x".repeat(4100);

    @TempDir private Path directory;

    /** The first problem of a whole nginx.conf of nginx 1.22.1. */
    static Optional<ConfigurationProblem> firstProblem(byte[] configuration) {
        Walk walk = new Walk(Optional.of(new Version(1, 22, 1)), Walk.Includes.NOT_FOLLOWED);
        walk.file(
                ConfigurationParser.syntax("nginx.conf", configuration),
                Context.MAIN.bit(),
                new HashSet<>());
        return walk.problems().stream().findFirst();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("events {}\n}\n", 2, "unexpected \"}\""),
                Arguments.of("events {\n", 2, "unexpected end of file, expecting \"}\""),
                Arguments.of("user\n x", 2, "unexpected end of file, expecting \";\" or \"}\""),
                Arguments.of(
                        "events {}\nuser 'x;\n",
                        3,
                        "unexpected end of file, expecting \";\" or \"}\""),
                Arguments.of("events {};\n", 1, "unexpected \";\""),
                Arguments.of("events {}\n{ }\n", 2, "unexpected \"{\""),
                Arguments.of("events {}\nuser \"a\"b;\n", 2, "unexpected \"b\""),
                Arguments.of("events {}\nuser 'a'#;\n", 2, "unexpected \"#\""),
                Arguments.of("events {}\nhttp { root a }\n", 2, "unexpected \"}\""),
                Arguments.of(
                        "pid logs/x\nevents {}\n",
                        2,
                        "directive \"pid\" is not terminated by \";\""),
                Arguments.of("http;\n", 1, "directive \"http\" has no opening \"{\""),
                Arguments.of(
                        "http { root a\n b; }\n",
                        2,
                        "invalid number of arguments in \"root\" directive"),
                Arguments.of(
                        "http { server { listen 1;\n location / {}\n server {} } }",
                        3,
                        "\"server\" directive is not allowed here"),
                Arguments.of(
                        "proxy_pass http://a;", 1, "\"proxy_pass\" directive is not allowed here"),
                Arguments.of("events {}\nhttp { map $a $b {\n x {\n } } }", 3, "unexpected \"{\""),
                Arguments.of(
                        "events {}\nhttp { gzip on;\ngzip off; }",
                        3,
                        "\"gzip\" directive is duplicate"),
                Arguments.of(
                        "events {}\nhttp { proxy_read_timeout 1x; }",
                        2,
                        "\"proxy_read_timeout\" directive invalid value"),
                Arguments.of(
                        "events {}\nhttp { gzip yes; }",
                        2,
                        "invalid value \"yes\" in \"gzip\" directive, it must be \"on\" or \"off\""),
                Arguments.of("events {}\n#" + LONG + "\n", 2, "too long parameter"),
                Arguments.of("events {}\nuser\n " + LONG + ";\n", 3, "too long parameter"),
                Arguments.of(
                        "events {}\nuser '\n" + LONG + "';\n",
                        2,
                        "too long parameter, probably missing terminating \"'\" character"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void nginxRefusesItAtThisLine(String text, int line, String words) throws Exception {
        NginxOracle.Verdict verdict = new NginxOracle(directory).ask(text.getBytes(UTF_8));

        assertThat(verdict.line()).isEqualTo(line);
        assertThat(verdict.message()).startsWith(words);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void soDoWe(String text, int line, String words) {
        ConfigurationProblem problem = firstProblem(text.getBytes(UTF_8)).orElseThrow();

        assertThat(problem.fatal()).isTrue();
        assertThat(problem.position().line()).isEqualTo(line);
        assertThat(problem.message()).startsWith(words);
    }

    @Test
    void theLongestWordsNginxTakesAreTaken() throws Exception {
        for (String around : List.of("'%s'", "%s", "'%s' ", "%s ", "#%s\nx")) {
            for (int length = 4092; length <= 4098; length++) {
                String text =
                        "events {}\nerror_log "
                                + around.formatted("z".repeat(length))
                                + ";\n# something behind";
                byte[] bytes = text.getBytes(UTF_8);
                NginxOracle.Verdict verdict = new NginxOracle(directory).ask(bytes);
                boolean tooLong = verdict.message().startsWith("too long parameter");

                assertThat(firstProblem(bytes).isPresent())
                        .as("%s with %d bytes: %s", around, length, verdict)
                        .isEqualTo(tooLong);
            }
        }
    }

    @Test
    void aMisspeltDirectiveIsNamedWithTheRightOne() {
        ConfigurationProblem problem =
                firstProblem(
                                "http { server { location / { proxy_pas http://x; } } }"
                                        .getBytes(UTF_8))
                        .orElseThrow();

        assertThat(problem)
                .hasToString(
                        "nginx.conf:1:30: unknown directive \"proxy_pas\"; did you mean"
                                + " \"proxy_pass\"?");
    }

    @Test
    void aDirectiveOfAnotherModuleIsNoMisspelling() {
        assertThat(firstProblem("http { brotli on; more_set_headers 'a: b'; }".getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void aDirectiveOfALaterNginxIsNamedWithItsVersion() {
        assertThat(firstProblem("http { http2 on; }".getBytes(UTF_8)).orElseThrow().message())
                .contains("since 1.25.1", "this is 1.22.1");
    }

    @Test
    void blocksNestDeeperThanAnyoneWritesThemAreRefused() {
        String deep = "a {".repeat(100_000);

        ConfigurationProblem problem =
                ConfigurationParser.parse("a.conf", deep.getBytes(UTF_8)).problem().orElseThrow();

        assertThat(problem.message()).isEqualTo("blocks nested deeper than 200 levels");
    }

    @Test
    void aFileLookedAtAloneIsRefusedOnlyForWhatIsWrongEverywhere() {
        byte[] snippet =
                "server { listen 80; location / { root x; }\n server { } }".getBytes(UTF_8);

        assertThat(ConfigurationParser.parse("site.conf", snippet).problem())
                .hasValueSatisfying(problem -> assertThat(problem.position().line()).isEqualTo(2));
        assertThat(ConfigurationParser.parse("a", "proxy_pass http://x;".getBytes(UTF_8)).problem())
                .isEmpty();
    }
}
