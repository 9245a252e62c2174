package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.UrlAnswer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UrlRequestTest {
    private static final String ANSWER = "HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\n\r\n<html>";

    private final Probes observer = new Probes();

    @Test
    void asksTheNginxOfThisHostWhateverTheNamePointsTo() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        c -> {
                            c.hear();
                            c.say(ANSWER);
                        })) {
            String port = server.address().substring(server.address().indexOf(':'));
            Scene scene =
                    Scene.real()
                            .url("http://shop.invalid" + port + "/cart?x=1")
                            .seen(
                                    Given.master(4_000_000, new Namespaces(ownNetwork(), 0, 0)),
                                    listening("0.0.0.0" + port));

            List<UrlAnswer> answers = scene.facts(observer, UrlAnswer.class);

            assertThat(answers)
                    .singleElement()
                    .satisfies(
                            answer -> {
                                assertThat(answer.connectedTo()).hasToString("127.0.0.1" + port);
                                assertThat(answer.server()).isEqualTo(Optional.of("nginx"));
                                assertThat(answer.outcome())
                                        .isInstanceOfSatisfying(
                                                ProbeOutcome.Answered.class,
                                                a -> assertThat(a.status()).isEqualTo(502));
                            });
            assertThat(server.received)
                    .singleElement()
                    .asString()
                    .startsWith("GET /cart?x=1 HTTP/1.1\r\nHost: shop.invalid" + port + "\r\n");
        }
    }

    @Test
    void asksNothingWithoutAUrl() throws Exception {
        assertThat(Scene.real().facts(observer, UrlAnswer.class)).isEmpty();
    }

    @Test
    void saysThatANameDoesNotResolve() throws Exception {
        assertThat(Scene.real().url("http://shop.invalid:1/").excuses(observer))
                .singleElement()
                .asString()
                .contains("shop.invalid");
    }

    @Test
    void refusesWhatIsNoHttpUrl() throws Exception {
        assertThat(Scene.real().url("file:///etc/passwd").excuses(observer))
                .singleElement()
                .asString()
                .contains("not a URL");
    }

    private static long ownNetwork() {
        return NamespaceIds.of(Host.local(), "self", "net");
    }

    private static SocketTable listening(String address) {
        Listener listener =
                new Listener(
                        Address.parse(address, 80).orElseThrow(),
                        1,
                        OptionalInt.of(0),
                        OptionalInt.of(511),
                        List.of(4_000_000),
                        0,
                        false,
                        OptionalLong.empty());
        return new SocketTable(ownNetwork(), List.of(listener), true);
    }
}
