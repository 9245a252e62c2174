package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class RootedPathTest {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path root;

    @BeforeEach
    void directories() throws IOException {
        Files.createDirectories(root.resolve("var/log"));
    }

    @Test
    void followsAnAbsoluteLinkFromThatRoot() throws Exception {
        link("var/log/access.log", "/dev/stdout");
        link("dev", "proc");

        assertThat(RootedPath.real(root, "/var/log/access.log")).isEqualTo("/proc/stdout");
    }

    @Test
    void doesNotClimbOutOfIt() throws Exception {
        link("var/log/up", "../../../../etc");

        assertThat(RootedPath.real(root, "/var/log/up/passwd")).isEqualTo("/etc/passwd");
        assertThat(RootedPath.real(root, "/../../x")).isEqualTo("/x");
    }

    @Test
    void leavesWhatIsMissingAsItStands() throws Exception {
        assertThat(RootedPath.real(root, "/no/such//./file")).isEqualTo("/no/such/file");
    }

    @Test
    void refusesALoop() throws Exception {
        link("a", "b");
        link("b", "a");

        assertThatThrownBy(() -> RootedPath.real(root, "/a/x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("loop");
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }
}
