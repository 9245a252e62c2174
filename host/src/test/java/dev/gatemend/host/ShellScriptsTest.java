package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.ShellLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell repeats, and where it should listen. */
class ShellScriptsTest {
    private static final PeersNamed PEERS =
            new PeersNamed(List.of(Address.parse("127.0.0.1:8000", 0).orElseThrow()));

    @TempDir private Path directory;

    @BeforeEach
    void standsInItsDirectory() throws Exception {
        Files.createDirectories(directory.resolve("root/srv/shop"));
        new ProcTree(directory.resolve("proc")).link(7, "cwd", "/srv/shop");
        new ProcTree(directory.resolve("proc"))
                .link(7, "root", directory.resolve("root").toString());
    }

    @Test
    void findsTheBodyOfALoop() {
        String once = "while ! nc -z db 5432; do sleep 1; done\ngunicorn -b :8000 shop:app\n";
        assertThat(LoopBodies.in(once)).containsExactly("sleep 1");

        assertThat(LoopBodies.in("while :; do gunicorn -b :8000; sleep 2; done"))
                .containsExactly("gunicorn -b :8000", "sleep 2");
        assertThat(
                        LoopBodies.in(
                                """
                                until false
                                do # again
                                  for x in 1 2; do echo $x; done
                                  if test -f run; then
                                    node server.js \\
                                      --port 8000
                                  fi
                                done
                                """))
                .containsExactly("echo $x", "test -f run", "node server.js --port 8000");
        assertThat(LoopBodies.in("for i in 1 2 3; do gunicorn -b :8000; done")).isEmpty();
        assertThat(LoopBodies.in("for ((;;)); do gunicorn -b :8000; done"))
                .containsExactly("gunicorn -b :8000");
        assertThat(LoopBodies.in("done done do do while")).isEmpty();
    }

    @Test
    void readsTheScriptWhereTheShellStands() throws Exception {
        script("while true; do\n exec gunicorn -b 127.0.0.1:8000 shop:app\n sleep 1\ndone\n");

        assertThat(loop("/bin/sh", "-e", "run.sh"))
                .contains(
                        new ShellLoop(
                                7,
                                "/srv/shop/run.sh",
                                List.of("exec gunicorn -b 127.0.0.1:8000 shop:app")));
    }

    /** The shell went to another directory; its subshell runs the loop. */
    @Test
    void readsTheScriptThatASubshellsParentHoldsOpen() throws Exception {
        script("(while :; do node server.js --port 8000; done)");
        ProcTree proc = new ProcTree(directory.resolve("proc"));
        proc.process(7, 6, 1, "bash").arguments("bash", "bin/run.sh");
        proc.process(6, 1, 1, "bash").arguments("bash", "bin/run.sh");
        proc.link(6, "fd/255", "/srv/shop/run.sh");

        assertThat(loop("bash", "bin/run.sh")).map(ShellLoop::script).contains("/srv/shop/run.sh");
    }

    @Test
    void readsWhatWasHandedOver() {
        assertThat(loop("bash", "-c", "while :; do python3 app.py --port 8000; done"))
                .map(ShellLoop::script)
                .contains("-c");
    }

    @Test
    void isSilentAboutLoopsOfAnotherPortAndAboutWhatIsNoScript() throws Exception {
        script("while true; do gunicorn -b 127.0.0.1:8001 shop:app; done");

        assertThat(loop("sh", "run.sh")).isEmpty();
        assertThat(loop("sh", "/srv")).isEmpty();
        assertThat(loop("sh", "/nowhere")).isEmpty();
        assertThat(loop("python3", "run.sh")).isEmpty();
        assertThat(loop("bash")).isEmpty();
    }

    private void script(String text) throws Exception {
        Files.writeString(directory.resolve("root/srv/shop/run.sh"), text);
    }

    private Optional<ShellLoop> loop(String... arguments) {
        return new ShellScripts(new ProcessFiles(directory.resolve("proc")), PEERS)
                .loop(7, List.of(arguments));
    }
}
