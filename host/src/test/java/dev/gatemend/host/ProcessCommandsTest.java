package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessCommandsTest {
    private final Commands commands = new ProcessCommands();

    @Test
    void tellsStatusOutputAndErrorApart() throws Exception {
        Commands.Answer answer =
                commands.run(
                        Duration.ofSeconds(10),
                        List.of("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(answer).isEqualTo(new Commands.Answer(3, "out\n", "err\n", false));
    }

    @Test
    void keepsTheBeginningOfEndlessOutputAndSaysSo() throws Exception {
        Commands.Answer answer =
                commands.run(Duration.ofSeconds(20), List.of("head", "-c", "9000000", "/dev/zero"));

        assertThat(answer.cut()).isTrue();
        assertThat(answer.output()).hasSize(8 << 20);
    }

    @Test
    void givesUpOnAProgramThatDoesNotEnd() {
        assertThatThrownBy(() -> commands.run(Duration.ofMillis(50), List.of("sleep", "600")))
                .isInstanceOf(IOException.class)
                .hasMessage("sleep did not answer within 50 ms");
    }

    /**
     * The grandchild keeps the pipe open when the child has long gone. Whether the JDK takes that
     * for the end of the output depends on who is first.
     */
    @Test
    void doesNotWaitForAGrandchild() throws Exception {
        long before = System.nanoTime();

        try {
            commands.run(Duration.ofMillis(300), List.of("sh", "-c", "sleep 4 & exit 0"));
        } catch (IOException e) {
            assertThat(e).hasMessage("sh did not answer within 300 ms");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void saysThatAProgramIsNotInstalled() {
        assertThatThrownBy(() -> commands.run(Duration.ofSeconds(1), List.of("no-such-program")))
                .isInstanceOf(IOException.class)
                .hasMessage("no-such-program is not installed or may not be run");
    }
}
