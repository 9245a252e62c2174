package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatemend.lab.Mistakes.ScenarioException;
import dev.gatemend.model.Maker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
    private static final String COMPLETE =
            """
            story: the application was stopped
            needs: [node]
            sites:
              shop.example: |
                location / { proxy_pass http://127.0.0.1:${APP_PORT}; }
            setup: start_node shop "127.0.0.1:$APP_PORT"
            break: stop shop
            undo: |
              start_node shop "127.0.0.1:$APP_PORT"
            ask: {url: http://shop.example/cart?x=1, broken: 503, times: 2}
            peer: 127.0.0.1:${APP_PORT}
            made-by: upstream
            repair: [Start it.]
            untouched: [blog.example]
            """;

    private static final String CONTROL =
            """
            story: nothing is wrong
            sites:
              shop.example: return 404;
            ask: {url: http://shop.example/, well: 404}
            """;

    @Test
    void readsWhatIsComposed() throws IOException {
        Scenario real = read("app-not-running/mine", COMPLETE);
        Scenario composed = read("app-not-running/mine", COMPLETE + "composed: its own words\n");

        assertThat(real.scored()).isTrue();
        assertThat(composed.scored()).isFalse();
        assertThat(composed.composed()).contains("its own words");
    }

    @Test
    void composesNothingOnAHostThatIsRealInAllParts() {
        assertMistakes(
                        "app-not-running/mine",
                        COMPLETE + "composed: its own words\nhost: systemd\n")
                .anyMatch(mistake -> mistake.contains("leave \"composed\" away"));
    }

    @Test
    void readsWhatElseIsBroken() throws IOException {
        Scenario read =
                read(
                        "app-not-running/mine",
                        COMPLETE
                                + """
                                also:
                                  - cause: wrong-port
                                    ask: {url: http://blog.example/, broken: 502, times: 2}
                                    peer: 127.0.0.1:${BLOG_PORT}
                                """);

        assertThat(read.causes()).containsExactly("app-not-running", "wrong-port");
        assertThat(read.also())
                .containsExactly(
                        new Fault(
                                "wrong-port",
                                Ask.of("blog.example", "/", 502).times(2),
                                Maker.NGINX,
                                Optional.of("127.0.0.1:${BLOG_PORT}")));
        assertThat(read.asks())
                .extracting(Ask::site)
                .containsExactly("shop.example", "blog.example");
    }

    @Test
    void saysWhatIsMissingOfAnythingElseThatIsBroken() {
        assertMistakes(
                        "app-not-running/mine",
                        COMPLETE + "also: [{peer: here, site: blog.example}]\n")
                .anyMatch(mistake -> mistake.contains("\"cause\" is missing"))
                .anyMatch(mistake -> mistake.contains("\"ask\" is missing"))
                .anyMatch(mistake -> mistake.contains("unknown key \"site\""));
        assertMistakes("control/mine", CONTROL + "also: []\n")
                .anyMatch(mistake -> mistake.contains("leave \"also\" away"));
    }

    @Test
    void readsAllThatAScenarioIs() throws IOException {
        Scenario read = read("app-not-running/mine", COMPLETE);

        assertThat(read.cause()).contains("app-not-running");
        assertThat(read.needs()).containsExactlyInAnyOrder(Need.NGINX, Need.NODE);
        assertThat(read.ask())
                .contains(new Ask("shop.example", "/cart?x=1", 200, 503, 2, List.of(), 0));
        assertThat(read.madeBy()).isEqualTo(Maker.UPSTREAM);
        assertThat(read.repair()).containsExactly("Start it.");
        assertThat(read.undoes())
                .isEqualTo(new Script("undo", 9, "start_node shop \"127.0.0.1:$APP_PORT\"\n"));
    }

    @Test
    void readsAControlInWhichTheStatusStaysAsItIs() throws IOException {
        Scenario read = read("control/mine", CONTROL);

        assertThat(read.cause()).isEmpty();
        assertThat(read.ask().map(Ask::broken)).contains(404);
    }

    @Test
    void namesAllMistakesOfAFileAtOnceEachAtItsPlace() {
        String text = COMPLETE.replace("break:", "brake:").replace("[node]", "[node, perl]");

        assertMistakes("app-not-running/mine", text)
                .containsExactly(
                        "mine/scenario.yaml:1:1: \"break\" is missing: what goes wrong, a script",
                        "mine/scenario.yaml:2:15: unknown need \"perl\"; known are root, nginx,"
                                + " python, node, gunicorn, openssl, git, php-fpm, uwsgi, puma, java,"
                                + " supervisor, pm2, docker, namespace, nft, mounts, systemd",
                        "mine/scenario.yaml:7:1: unknown key \"brake\"; did you mean \"break\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "times: 2        | times: many | 10:62: \"times\" has to be a number from 0 to 1000",
                "${APP_PORT}; }  | ${APP_PRT}; } | 4:17: unknown placeholder \"${APP_PRT}\"; did you"
                        + " mean \"APP_PORT\"?",
                "[node]          | []          | 6:8: \"setup\" uses start_node; add node to"
                        + " \"needs\"",
                "made-by: upstream | nginx: 1.23 | 12:8: \"nginx\" has to be as in from 1.23.0, or before"
                        + " 1.29.7, or both",
                "made-by: upstream | made-by: me | 12:10: \"made-by\" has to be nginx or upstream",
                "[Start it.]     | Start it.   | 13:9: \"repair\" has to be a list, as in [one, two]",
                "broken: 503,    | ''          | 10:6: \"broken\" is missing: the status while it is"
                        + " broken, 0 for none",
                "http://shop.example/ | shop/  | 10:12: a URL is http://SITE/PATH, as in"
                        + " http://shop.example/cart: shop/cart?x=1",
                "stop shop       | {stop: shop} | 7:8: a text is expected here; text of several lines"
                        + " begins with |",
                "peer:           | story:      | 11:1: the key \"story\" is there twice; join the"
                        + " two",
                "needs: [node]   | needs: [node | 3:6: not YAML"
            })
    void saysWhereAMistakeIsAndHowToGoOn(String right, String wrong, String mistake) {
        assertThat(COMPLETE).contains(right);

        assertMistakes("app-not-running/mine", COMPLETE.replace(right, wrong))
                .anyMatch(line -> line.startsWith("mine/scenario.yaml:" + mistake));
    }

    @Test
    void wantsAScriptOfSeveralLinesBelowABar() {
        assertMistakes("app-not-running/mine", COMPLETE.replace("undo: |", "undo: true"))
                .contains(
                        "mine/scenario.yaml:8:7: a script of several lines goes below a |: \"undo:"
                                + " |\"");
    }

    @Test
    void wantsNoBreakInAControl() {
        assertMistakes("control/mine", CONTROL + "break: stop shop\n")
                .containsExactly(
                        "mine/scenario.yaml:5:8: in a control nothing is wrong; leave \"break\""
                                + " away");
    }

    @Test
    void needsSystemdForAHostOfItsOwn() throws IOException {
        Scenario read = read("control/mine", CONTROL + "host: systemd\n");

        assertThat(read.needs()).containsExactlyInAnyOrder(Need.NGINX, Need.ROOT, Need.SYSTEMD);
    }

    @Test
    void readsWhichUnitsARestartOfMendsIt() throws IOException {
        String onSystemd = COMPLETE.replace("start_node shop \"127.0.0.1:$APP_PORT\"", "true");

        assertThat(
                        read(
                                        "app-not-running/mine",
                                        onSystemd + "host: systemd\nrestart: [a.service]\n")
                                .restart())
                .contains(List.of("a.service"));
        assertThat(
                        read("app-not-running/mine", onSystemd + "host: systemd\nrestart: []\n")
                                .restart())
                .contains(List.of());
        assertThat(read("app-not-running/mine", onSystemd).restart()).isEmpty();
    }

    @Test
    void readsUnitsToRestartOnlyWhereThereAreUnits() {
        assertMistakes("app-not-running/mine", COMPLETE + "restart: [shop]\n")
                .containsExactly(
                        "mine/scenario.yaml:15:10: \"restart\" goes with \"host: systemd\" and with"
                                + " \"ask\"",
                        "mine/scenario.yaml:15:11: a unit is expected here, as in shop.service or"
                                + " shop.socket");
    }

    @Test
    void givesAHostWithSystemdNoOtherNetworkAndNoOtherNginx() {
        String text = CONTROL + "host: systemd\nnetwork: own\nnginx: from 1.23.0\n";

        assertMistakes("control/mine", text)
                .containsExactly(
                        "mine/scenario.yaml:6:10: \"host: systemd\" has its own; leave \"network\""
                                + " away",
                        "mine/scenario.yaml:7:8: \"host: systemd\" has its own; leave \"nginx\""
                                + " away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "story", "[", "a: &a [*a]", "- - - - - - - - - - - - - - x", "\t"})
    void readsNoNonsense(String text) {
        assertThatThrownBy(() -> read("control/mine", text)).isInstanceOf(ScenarioException.class);
    }

    @Test
    void readsNothingThatIsNestedWithoutEnd() {
        assertMistakes("control/mine", "[".repeat(60_000))
                .containsExactly(
                        "mine/scenario.yaml:1:11: nested too deeply; keys, lists and texts"
                                + " suffice");
    }

    private static ListAssert<String> assertMistakes(String id, String text) {
        try {
            read(id, text);
        } catch (ScenarioException e) {
            return assertThat(String.valueOf(e.getMessage()).lines().toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no mistake was seen in " + text);
    }

    private static Scenario read(String id, String text) throws IOException {
        return ScenarioFile.read(new ScenarioFolder(id, "mine", Path.of("mine")), text);
    }
}
