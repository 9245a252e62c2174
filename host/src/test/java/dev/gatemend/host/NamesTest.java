package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private final Names observer = new Names();

    @TempDir Path root;

    @Test
    void saysWhatLibcAnswersForANameOfAPeer() throws Exception {
        FakeCommands commands =
                new FakeCommands()
                        .answer(
                                "getent ahosts app",
                                """
                                10.0.0.1        STREAM app
                                10.0.0.1        DGRAM
                                0:0:0:0:0:0:0:1 STREAM
                                """);

        assertThat(lookups(new Scene(root).commands(commands), Given.peers("app:80")))
                .containsExactly(
                        new DnsLookup("app", "libc", Outcome.FOUND, List.of("10.0.0.1", "::1")));
    }

    @Test
    void doesNotAskForLiteralsAndSockets() throws Exception {
        FakeCommands commands = new FakeCommands();

        assertThat(
                        lookups(
                                new Scene(root).commands(commands),
                                Given.peers("10.0.0.1:80", "[::1]:80", "unix:/run/app.sock")))
                .isEmpty();
        assertThat(commands.asked).isEmpty();
    }

    @Test
    void tellsAMissingNameFromAServerThatDoesNotAnswer() throws Exception {
        FakeCommands commands =
                new FakeCommands()
                        .answer("getent ahosts missing", 2, "", "")
                        .fail("getent ahosts slow.example", "getent did not answer within 2000 ms");

        assertThat(
                        lookups(
                                new Scene(root).commands(commands),
                                Given.peers("missing:80", "slow.example:80")))
                .extracting(DnsLookup::outcome)
                .containsExactlyInAnyOrder(Outcome.NO_SUCH_NAME, Outcome.TIMED_OUT);
    }

    @Test
    void asksForANameThatNginxDidNotFindAtItsStart() throws Exception {
        FakeCommands commands = new FakeCommands().answer("getent ahosts gone", 2, "", "");
        Fact refused =
                Given.errors(
                        "x",
                        "host not found in upstream \"gone:8000\" in /etc/nginx/nginx.conf:12",
                        Optional.empty());

        assertThat(lookups(new Scene(root).commands(commands), Given.peers(), refused))
                .containsExactly(new DnsLookup("gone", "libc", Outcome.NO_SUCH_NAME, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "app.example, FOUND",
        "long.example, FOUND",
        "nosuch.example, NO_SUCH_NAME",
        "bare.example, NO_ADDRESS",
        "broken.example, SERVER_FAILED",
        "junk.example, SERVER_FAILED",
        "silent.example, TIMED_OUT",
    })
    void tellsTheAnswersOfNginxsResolverApart(String name, Outcome expected) throws Exception {
        try (ScriptedNameServer server = ScriptedNameServer.start()) {
            assertThat(lookups(Scene.real(), resolving(server.address()), unresolved(name)))
                    .singleElement()
                    .satisfies(
                            lookup -> {
                                assertThat(lookup.resolver()).isEqualTo(server.address());
                                assertThat(lookup.outcome()).isEqualTo(expected);
                            });
        }
    }

    @Test
    void asksOverTcpWhenTheAnswerWasCut() throws Exception {
        try (ScriptedNameServer server = ScriptedNameServer.start()) {
            List<DnsLookup> lookups =
                    lookups(
                            Scene.real(),
                            resolving(server.address(), "ipv6=off"),
                            unresolved("long.example"));

            assertThat(lookups.getFirst().addresses()).containsExactly("10.20.30.40");
            assertThat(server.asked).containsExactly("long.example. A", "long.example. A over TCP");
        }
    }

    @Test
    void saysThatNobodyListensAtTheResolversAddress() throws Exception {
        assertThat(
                        lookups(
                                Scene.real(),
                                resolving("127.0.0.1:" + freePort()),
                                unresolved("app.example")))
                .extracting(DnsLookup::outcome)
                .containsExactly(Outcome.UNREACHABLE);
    }

    @Test
    void asksNoResolverWithoutARunTimeName() throws Exception {
        try (ScriptedNameServer server = ScriptedNameServer.start()) {
            assertThat(lookups(Scene.real(), resolving(server.address()))).isEmpty();
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void readsTheFilesOfAContainerInsteadOfRunningItsPrograms() throws Exception {
        FakeCommands commands = new FakeCommands();
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/mnt"), Path.of("mnt:[7]"));
        Scene scene =
                new Scene(root)
                        .commands(commands)
                        .file("/proc/12/root/etc/hosts", "172.17.0.3 app other # x\n::1 app\n")
                        .seen(Given.master(12, new Namespaces(0, 99, 0)));

        assertThat(lookups(scene, Given.peers("app:80")))
                .containsExactly(
                        new DnsLookup("app", "libc", Outcome.FOUND, List.of("172.17.0.3", "::1")));
        assertThat(commands.asked).isEmpty();
    }

    @Test
    void agreesWithThisMachinesLibc() throws Exception {
        assertThat(lookups(Scene.real(), Given.peers("localhost:80", "nosuch.invalid:80")))
                .satisfiesExactlyInAnyOrder(
                        found -> assertThat(found.addresses()).containsAnyOf("127.0.0.1", "::1"),
                        missing -> assertThat(missing.outcome()).isNotEqualTo(Outcome.FOUND));
    }

    private List<DnsLookup> lookups(Scene scene, Fact... facts) throws Exception {
        return scene.seen(facts).facts(observer, DnsLookup.class);
    }

    private static Fact unresolved(String name) {
        return Given.errors(
                "x", name + " could not be resolved (3: Host not found)", Optional.empty());
    }

    private static NginxConfiguration resolving(String... resolver) {
        return Given.passing("http", "127.0.0.1:1", List.of(Given.setting("resolver", resolver)));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
