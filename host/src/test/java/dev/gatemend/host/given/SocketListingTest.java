package dev.gatemend.host.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Fact;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.ShownListeners;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.SocketTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketListingTest {
    private static final String NODE =
            "LISTEN 0 511 127.0.0.1:3001 0.0.0.0:* users:((\"node\",pid=900,fd=18))";

    private static Snapshot read(String text) {
        return GivenReader.read(
                List.of(new GivenFile("stdin", text)),
                new GivenReader.Question(
                        Optional.empty(),
                        Duration.ofMinutes(15),
                        Instant.parse("2026-11-21T12:00:00Z")));
    }

    private static <F extends Fact> List<F> facts(Class<F> kind, String text) {
        return read(text).facts(kind).toList();
    }

    private static List<String> addresses(String text) {
        return facts(ShownListeners.class, text).stream()
                .flatMap(s -> s.listeners().stream())
                .map(Listener::address)
                .map(Address::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "LISTEN 0 511 127.0.0.1:3001 0.0.0.0:* users:((\"node\",pid=900,fd=18)) # 127.0.0.1:3001",
                "tcp   LISTEN 0      128          0.0.0.0:8000        0.0.0.0:* # 0.0.0.0:8000",
                "LISTEN     0      128      *:8080     *:*     users:((\"java\",pid=1,fd=9)) # [::]:8080",
                "LISTEN 0 511 [::1]:5000 [::]:* # [::1]:5000",
                "LISTEN 0 4096 127.0.0.53%lo:5300 0.0.0.0:* # 127.0.0.53:5300",
                "tcp 0 0 127.0.0.1:9000 0.0.0.0:* LISTEN 12345/php-fpm: pool # 127.0.0.1:9000",
                "tcp6       0      0 :::8080                 :::*                    LISTEN      - # [::]:8080",
                "tcp4       0      0  127.0.0.1.3000         *.*                    LISTEN # 127.0.0.1:3000",
                "node    900 deploy   18u  IPv6  12345      0t0  TCP *:3000 (LISTEN) # [::]:3000",
                "python 77 me 3u IPv4 0x1a 0t0 TCP localhost:8000 (LISTEN) # 127.0.0.1:8000",
                "u_str LISTEN 0 4096 /run/php/php8.1-fpm.sock 15632 * 0 # unix:/run/php/php8.1-fpm.sock",
                "unix  2      [ ACC ]     STREAM     LISTENING     21154    650/php-fpm  /run/php-fpm/www.sock # unix:/run/php-fpm/www.sock"
            })
    void aRowIsReadAlsoWithoutCommandAndHeader(String row, String address) {
        assertThat(addresses(row.strip())).containsExactly(address.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp 0 0 10.0.0.1:3000 10.0.0.9:51234 ESTABLISHED 900/node",
                "udp 0 0 0.0.0.0:68 0.0.0.0:* 500/dhclient",
                "UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*",
                "LISTEN 0 128 *:http *:*",
                "LISTEN 0 511 127.0.0.1:99999 0.0.0.0:*",
                "we LISTEN 0 128 on 127.0.0.1:3000, I think",
                "listen 127.0.0.1:3000;"
            })
    void whatIsNoListenerIsNoRow(String line) {
        assertThat(facts(ShownListeners.class, line)).isEmpty();
    }

    @Test
    void theOwnerIsNamedAndNobodyKnowsSinceWhen() {
        ProcessState owner = facts(ProcessState.class, NODE).getFirst();

        assertThat(owner.name()).isEqualTo("node");
        assertThat(owner.pid()).isEqualTo(900);
        assertThat(owner.started()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$ ss -ltnp\nState Recv-Q Send-Q Local Address:Port Peer Address:Port\n" + NODE,
                "root@web:~# sudo netstat -tulpen\n(Not all processes could be identified, non-owned process info\n"
                        + "tcp 0 0 0.0.0.0:3001 0.0.0.0:* LISTEN 0 1 900/node",
                "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address\ntcp 0 0 0.0.0.0:3001 0.0.0.0:* LISTEN",
                "> $ ss -tlnp | grep LISTEN\n> " + NODE
            })
    void whatNoFilterNarrowedIsAWholeTable(String text) {
        assertThat(facts(SocketTable.class, text)).hasSize(1);
        assertThat(facts(SocketTable.class, text).getFirst().complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NODE,
                "State Recv-Q Send-Q Local Address:Port Peer Address:Port\n" + NODE,
                "$ ss -ltnp | grep node\n" + NODE,
                "$ ss -ltnp | head -3\n" + NODE,
                "$ ss -tnp\n" + NODE,
                "$ ss -4ltnp\n" + NODE,
                "$ ss -ltn sport = :3001\n" + NODE,
                "$ ss -ltnp\n" + NODE + "\n...\n",
                "$ docker exec -it app ss -ltnp\n" + NODE,
                "$ sudo lsof -i -P -n\nnode 900 me 18u IPv4 1 0t0 TCP *:3001 (LISTEN)"
            })
    void aPartOfATableIsNoneOfWhichRowsAreMissing(String text) {
        assertThat(facts(SocketTable.class, text)).isEmpty();
        assertThat(facts(ShownListeners.class, text)).hasSize(1);
    }

    @Test
    void thePortThatACommandAskedForIsToldAlsoWhereItFoundNobody() {
        String nothing = "deploy@web:~$ ss -ltnp | grep 8000\ndeploy@web:~$ ls\n";

        ShownListeners shown = facts(ShownListeners.class, nothing).getFirst();
        assertThat(shown.asked()).containsExactly(8000);
        assertThat(shown.listeners()).isEmpty();
        assertThat(shown.where()).isEqualTo("stdin:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy@web:~$ ss -ltnp | grep 8000",
                "ss -ltnp | grep 8000\n\nit shows a lot",
                "deploy@web:~$ ss -ltnp | grep node\ndeploy@web:~$ ls",
                "deploy@web:~$ lsof -i :8000\ndeploy@web:~$ ls",
                "deploy@web:~$ netstat -t | grep 8000\ndeploy@web:~$ ls"
            })
    void ofAnAnswerThatIsNotShownToBeEmptyNothingIsTold(String text) {
        assertThat(facts(ShownListeners.class, text)).allMatch(s -> s.asked().isEmpty());
    }

    @Test
    void theContainerWhoseSocketsTheyAreIsNamed() {
        assertThat(
                        facts(
                                        ShownListeners.class,
                                        "$ docker compose exec web sh -c \"netstat -tln\"\ntcp 0 0 127.0.0.1:8000 0.0.0.0:* LISTEN\n")
                                .getFirst()
                                .inside())
                .contains("web");
    }

    @Test
    void rowsAreOutputAndProseBesideThemIsNot() {
        assertThat(
                        facts(GivenText.class, "it is so:\n" + NODE + "\nwhy?")
                                .getFirst()
                                .lines()
                                .stream()
                                .map(GivenText.Line::kind))
                .containsExactly(GivenText.Kind.PROSE, GivenText.Kind.OUTPUT, GivenText.Kind.PROSE);
    }

    @Test
    void hostileTextEndsSoon() {
        Random random = new Random(7);
        String alphabet = "LISTEN tcp 0:*[]().%users:((\"x\",pid=1,fd=2))/\t$#|>grep -";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            for (int j = random.nextInt(400); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append('\n');
        }
        text.append("LISTEN 0 0 ".repeat(2_000)).append('\n');
        text.append("docker exec -i ".repeat(2_000)).append('\n');
        text.append("[").append("a".repeat(4_000)).append('\n');
        text.append("tcp 0 0 ").append(":".repeat(4_000)).append('\n');

        long began = System.nanoTime();
        read(text.toString());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
