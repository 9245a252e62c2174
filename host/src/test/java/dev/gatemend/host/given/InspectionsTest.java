package dev.gatemend.host.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionsTest {
    private static final String SHOP =
            """
            [
                {
                    "Id": "0f3c9a7be1d24c5f8a6b0f3c9a7be1d24c5f8a6b0f3c9a7be1d24c5f8a6b0f3c",
                    "Name": "/shop",
                    "State": {
                        "Status": "exited",
                        "OOMKilled": true,
                        "ExitCode": 137,
                        "FinishedAt": "2026-11-21T11:59:01.5Z"
                    },
                    "HostConfig": {
                        "Memory": 67108864,
                        "PortBindings": {"8000/tcp": [{"HostIp": "", "HostPort": "8001"}]}
                    },
                    "NetworkSettings": {"Networks": {"shop_default": {"IPAddress": ""}}}
                }
            ]
            """;

    private static List<Container> containers(String text) {
        return GivenReader.read(
                        List.of(new GivenFile("stdin", text)),
                        new GivenReader.Question(
                                Optional.empty(),
                                Duration.ofMinutes(15),
                                Instant.parse("2026-11-21T12:00:00Z")))
                .facts(Container.class)
                .toList();
    }

    @Test
    void aContainerThatWasInspectedIsReadBetweenOtherWords() {
        List<Container> found =
                containers("I get a 502, and this:\n$ docker inspect shop\n" + SHOP + "Any idea?");

        assertThat(found).hasSize(1);
        Container shop = found.getFirst();
        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.life().oomKilled()).isTrue();
        assertThat(shop.published())
                .containsExactly(new Container.Publication("0.0.0.0", 8001, 8000));
    }

    @Test
    void oneObjectOfTheArrayIsEnough() {
        String object =
                String.join("\n", SHOP.lines().filter(l -> !l.matches("[\\[\\]]")).toList());

        assertThat(containers(object)).hasSize(1);
    }

    @Test
    void whatIsCutOrDescribesSomethingElseIsLeftToTheReadersOfWords() {
        assertThat(containers(SHOP.substring(0, SHOP.length() / 2))).isEmpty();
        assertThat(containers(SHOP.replace("\"Status\"", "\"Phase\""))).isEmpty();
        assertThat(containers("[\n  1,\n  2\n]\n{\n}\n")).isEmpty();
    }
}
