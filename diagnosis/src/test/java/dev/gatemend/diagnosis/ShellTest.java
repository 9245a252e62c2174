package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTest {
    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(Shell.command("systemctl", "start", "app@1.service"))
                .isEqualTo("systemctl start app@1.service");
    }

    @Test
    void aNameThatHoldsAShellsWordsIsOneHarmlessWord() {
        assertThat(Shell.command("ls", "/tmp/$(reboot); it's"))
                .isEqualTo("ls '/tmp/$(reboot); it'\\''s'");
    }

    @Test
    void anEmptyWordStaysAWord() {
        assertThat(Shell.command("echo", "")).isEqualTo("echo ''");
    }
}
