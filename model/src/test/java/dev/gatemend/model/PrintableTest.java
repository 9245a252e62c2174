package dev.gatemend.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void leavesVisibleTextOfAnyScriptAsItIs() {
        assertThat(Printable.oneLine("connect() to unix:/srv/größe/アプリ.sock failed"))
                .isEqualTo("connect() to unix:/srv/größe/アプリ.sock failed");
    }

    @Test
    void showsControlsInsteadOfObeyingThem() {
        assertThat(Printable.oneLine("a\u001b[2Jb\nc\r\td\u007f\u009b"))
                .isEqualTo("a\\x1b[2Jb\\nc\\r\\td\\x7f\\x9b");
    }

    @Test
    void showsWhatTurnsTextAroundOrSplitsItsLine() {
        assertThat(Printable.oneLine("a\u202eb\u2028c\u200bd"))
                .isEqualTo("a\\u202eb\\u2028c\\u200bd");
    }

    @Test
    void showsHalfOfASurrogatePair() {
        assertThat(Printable.oneLine("a\ud83d")).isEqualTo("a\\ud83d");
    }
}
