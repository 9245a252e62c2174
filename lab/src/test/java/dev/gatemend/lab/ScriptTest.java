package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private Bench bench;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        bench = Bench.open(Need.program("nginx").orElseThrow());
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    @Test
    void hasTheBenchDoWhatItsWordsSay() throws IOException, InterruptedException {
        run("misbehave");
        assertThat(bench.path("apps/misbehave")).exists();

        run("behave");
        assertThat(bench.path("apps/misbehave")).doesNotExist();
    }

    @Test
    void getsTheSamePortWhereverItsNameStands() throws IOException, InterruptedException {
        run("echo $SHOP_PORT ${SHOP_PORT_PLUS_1} >\"$DIR/ports\"");

        assertThat(bench.path("ports"))
                .content()
                .isEqualTo(bench.port("shop") + " " + bench.portBeside("shop") + "\n");
        assertThat(Placeholders.fill(bench, "${SHOP_PORT}; $host ${host} ${OTHER}"))
                .isEqualTo(bench.port("shop") + "; $host ${host} ${OTHER}");
    }

    @Test
    void passesArgumentsAsTheyAre() throws IOException, InterruptedException {
        run("site shop.example 'return 200 \"a  \\b\n$host ${SHOP_PORT}\";'");
        bench.nginx().write();

        assertThat(bench.nginx().configuration())
                .content()
                .contains("return 200 \"a  \\b\n")
                .contains("$host " + bench.port("shop") + "\";");
    }

    @Test
    void namesTheLineOfTheFileThatFailed() {
        assertThatThrownBy(() -> new Script("break", 7, "true\nno-such-word x").run(bench))
                .hasMessageContaining("\"break\" ended with status 127")
                .hasMessageContaining("scenario.yaml:8:")
                .hasMessageContaining("no-such-word");
    }

    @Test
    void endsWhenAWordCouldNotBeDoneAndSaysWhy() {
        assertThatThrownBy(() -> run("stop shop; touch \"$DIR/after\""))
                .hasMessageContaining("stop shop: nothing of that name was started: shop");
        assertThat(bench.path("after")).doesNotExist();
    }

    @Test
    void doesNotWaitForWhatItLeavesInTheBackgroundWhichEndsWithTheBench()
            throws IOException, InterruptedException {
        run("sleep 600 & echo $! >\"$DIR/pid\"; misbehave");
        long pid = Long.parseLong(Files.readString(bench.path("pid")).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();

        Path directory = bench.path("");
        bench.close();

        Await.until("it is gone", Await.LONG, () -> "XZ".indexOf(ProcessTable.state(pid)) >= 0);
        assertThat(directory).doesNotExist();
        assertThat(ProcessTable.members(Set.of(pid), directory)).isEmpty();
    }

    @Test
    void waitsForAState() throws IOException, InterruptedException {
        run(
                """
                start waiter sh -c 'sleep 0.2; touch "$0"' "$RUN/there"
                wait_until 'the file is there' test -e "$RUN/there"
                """);

        assertThat(bench.path("run/there")).exists();
    }

    @Test
    void saysWhetherSomebodyListens() throws IOException, InterruptedException {
        run(
                """
                ! listens 127.0.0.1:$APP_PORT
                start_python app 127.0.0.1:$APP_PORT
                listens 127.0.0.1:$APP_PORT
                start_python unix "unix:$RUN/x.sock"
                listens "unix:$RUN/x.sock"
                """);

        assertThat(bench.hasStarted("unix")).isTrue();
    }

    private void run(String text) throws IOException, InterruptedException {
        new Script("step", 1, text).run(bench);
    }
}
